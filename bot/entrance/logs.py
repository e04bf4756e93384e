"""Logs: a line per fact on standard error, readable at a terminal, JSON elsewhere; ids and numbers, never words."""

import logging
import sys

import structlog

# libraries that log requests or statements, which hold addresses and words of people
QUIET = ("httpx", "httpcore", "aiogram", "telegram", "transitions", "asyncio", "sqlalchemy", "alembic", "uvicorn")


def configure(level: str) -> None:
    """Sets the level (DEBUG, INFO, WARNING, ERROR) for our own logs; libraries speak from WARNING on."""
    number = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    face = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            face,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
