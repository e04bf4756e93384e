"""The console: pages for advisers, rendered here, working without JavaScript and livelier with it. One file per page;
templates and assets beside.
"""

from starlette.routing import BaseRoute

from admin_api.console import assets, incidents, people, person, sign_in


def routes() -> list[BaseRoute]:
    """Every address under /console."""
    return [*assets.ROUTES, *sign_in.ROUTES, *people.ROUTES, *person.ROUTES, *incidents.ROUTES]
