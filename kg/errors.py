"""The errors that a caller may see; every message tells place, cause and choices.

KgError
├── InputError          an input cannot be read or used                      exit 1
│   └── QueryError      a SPARQL query is wrong                              exit 1
├── DataError           a file of ontologies/ or languages/ is wrong         exit 1
├── StoreError          the store cannot be opened or written                exit 1
├── WorkerError         a process that did part of the work died             exit 1
├── UsageError          options that do not go together                      exit 2
└── MissingError        something must be installed first                    exit 4
├── MissingModel    no pipeline for a language
└── MissingExtra    an optional package
"""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors raised on purpose."""

    exit_code = 1


class InputError(KgError):
    """An input cannot be read or used."""


class QueryError(InputError):
    """A SPARQL query is wrong or was refused."""


class DataError(KgError):
    """A packaged or user-given data file is wrong."""


class StoreError(KgError):
    """The store cannot be opened or written."""


class WorkerError(KgError):
    """A process that did part of the work died."""


class UsageError(KgError):
    """Options that do not go together."""

    exit_code = 2


class MissingError(KgError):
    """Something must be installed first; the message names the command."""

    exit_code = 4


class MissingModel(MissingError):
    """No pipeline for a language, or a broken one."""


class MissingExtra(MissingError):
    """An optional package is not installed."""
