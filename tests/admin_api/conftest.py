"""The advisers' tests share one office."""

import pytest

from bot.resources import Resources
from tests.admin_api.office import Office, open_office


@pytest.fixture
async def office(resources: Resources) -> Office:
    """Two agencies and the app in front of them."""
    return await open_office(resources)
