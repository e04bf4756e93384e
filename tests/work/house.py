"""The loops by hand: a house in which a test says when each loop turns."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.channels import Door
from bot.channels.web import WebDoor
from bot.domain.messages import Channel, Envelope
from bot.flows.understanding import load_lexicon
from bot.resources import Resources
from bot.resources.files import lexicon_file
from bot.store.inbox import Receipt, Receiver
from bot.store.pool import transaction
from bot.store.thread import Line, thread
from bot.work.converse import Converse
from bot.work.send import Send
from bot.work.wake import Wake


@dataclass
class House:
    """Doors in, loops, doors out."""

    resources: Resources
    receiver: Receiver
    converse: Converse
    send: Send
    wake: Wake

    async def hear(self, *envelopes: Envelope) -> Receipt:
        """Receive these, answer everything, send everything; the last receipt."""
        receipts = [await self.receiver.receive(envelope) for envelope in envelopes]
        await self.settle()
        return receipts[-1]

    async def settle(self) -> None:
        """Turn the loops until nothing is left to do now."""
        while await self.converse.once() or await self.send.once():
            await self.send.drain()

    async def thread(self, receipt: Receipt) -> list[Line]:
        """The thread of a receipt's contact."""
        async with transaction(self.resources.db, [receipt.agency_id]) as conn:
            return await thread(conn, receipt.agency_id, receipt.contact_id)


def a_house(resources: Resources, doors: Mapping[Channel, Door] | None = None) -> House:
    """A house on these resources; its web door by default."""
    return House(
        resources,
        Receiver(resources.db, resources.fanout),
        Converse(resources, load_lexicon(lexicon_file)),
        Send(resources, doors or {Channel.WEB: WebDoor()}),
        Wake(resources),
    )
