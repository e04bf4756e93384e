"""What the API says and hears, as models. Datetimes are aware UTC; ids are integers; texts of people are their own
words, plain text, never HTML.
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.actions.desk import FLOOR_MINUTES, MOST_WRITTEN, Outcome
from bot.domain.words import clean

Item = TypeVar("Item")
Text = Annotated[str, AfterValidator(clean)]
Limit = Annotated[int, Field(ge=1, le=100, description="Items on one page")]
Cursor = Annotated[str, Field(max_length=200, description="`next_cursor` of the page before")]


class Query(BaseModel):
    """Query parameters: an unknown one is an error, because a misspelt filter that does nothing shows too much."""

    model_config = ConfigDict(extra="forbid")


class Body(BaseModel):
    """A request body: unknown members are an error."""

    model_config = ConfigDict(extra="forbid")


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_cursor: str | None = Field(description="Give it back as `cursor` for the next page; null at the end")


class Floor(BaseModel):
    """Who speaks: nobody of the agency (the bot does) when null."""

    adviser_id: int
    name: str = Field(examples=["Nadia"])
    until: datetime


class YoungPersonLine(BaseModel):
    """A line of the list. `reason` and `since` say why a human is needed, and since when."""

    id: int
    first_name: str = Field(examples=["Lina"])
    age: str = Field(examples=["18_25"])
    town: str
    language: str
    wish: str = Field(description="The wishes, in the person's words", examples=["travailler avec les animaux"])
    last_heard_at: datetime | None
    stopped: bool = Field(description="The person said STOP")
    reason: str | None = Field(examples=["asked_for_person"])
    since: datetime | None
    due_on: date | None
    reasons: int = Field(description="How many reasons there are; the first one is shown")
    referent_id: int | None
    referent: str
    floor: Floor | None


class Wish(BaseModel):
    """Something the person would like to do, or refuses."""

    id: int
    words: str
    label: str
    domains: list[str] = Field(description="ROME domains: a hypothesis", examples=[["A14"]])
    contract: str
    refused: bool
    kept_at: datetime


class Barrier(BaseModel):
    """Something in the way. A sensitive one shows neither category nor words until it is opened.

    The category `general` is the answer to the whole question: value `no` = says nothing is in the way,
    `not_discussed` = did not want to talk about it, or rather to a person (`to_a_person`).
    """

    id: int
    sensitive: bool
    category: str | None = Field(examples=["mobilite"])
    value: str | None = Field(examples=["yes"])
    words: str | None
    to_a_person: bool = Field(description="The person would rather tell a person")
    kept_at: datetime


class OpenedBarrier(BaseModel):
    """What a sensitive barrier says."""

    id: int
    category: str = Field(examples=["sante"])
    words: str
    to_a_person: bool


class Skill(BaseModel):
    """Something the person can do."""

    words: str
    kind: str
    kept_at: datetime


class Availability(BaseModel):
    """When the person is free. `slots` null: nothing was said."""

    words: str
    slots: list[list[str]] | None = Field(examples=[[["lundi", "matin"]]])
    constraints: list[list[str]]
    work: list[list[Any]]
    kept_at: datetime


class ConsentLine(BaseModel):
    """The last word on one extra."""

    purpose: str
    given: bool
    at: datetime


class Task(BaseModel):
    """Something a human must do. `words` are the person's own."""

    id: int
    young_person_id: int | None
    kind: str = Field(examples=["asked_for_person"])
    words: str
    count: int
    due_on: date | None
    opened_at: datetime
    closed_at: datetime | None
    closed_by: int | None
    outcome: str
    version: int


class YoungPerson(BaseModel):
    """The card: wishes first, then what is in the way, when, and what the person can do."""

    id: int
    first_name: str
    age: str
    phone: str
    town: str
    disability_recognised: bool
    referral: str
    language: str
    channels: list[str]
    source: str
    stopped_at: datetime | None
    last_heard_at: datetime | None
    created_at: datetime
    referent_id: int | None
    referent: str
    hidden: list[str] = Field(description="What the person chose not to show")
    wishes: list[Wish]
    barriers: list[Barrier]
    skills: list[Skill]
    availability: Availability | None
    consents: list[ConsentLine]
    tasks: list[Task]
    version: int


class ReferentChange(Body):
    """Who accompanies the person; null: nobody yet."""

    referent_id: Annotated[int, Field(ge=1, lt=2**31)] | None


class Conversation(BaseModel):
    """Where a conversation stands."""

    young_person_id: int
    flow: str
    state: str
    turn: int
    question_open: bool
    parked: int = Field(description="Interrupted questions that will be asked again")
    outcome: str
    started_at: datetime
    closed_at: datetime | None
    floor: Floor | None


class File(BaseModel):
    """A voice message or a file; `GET /files/{id}` gives it once it is stored."""

    id: int
    kind: str
    name: str
    mime: str
    size: int
    seconds: int
    state: Literal["pending", "stored", "too_big", "lost"]


class Message(BaseModel):
    """One line of a thread. `id` is its order and the cursor; `state` is what became of a message that left."""

    id: int
    at: datetime
    author: Literal["person", "bot", "adviser"]
    author_name: str
    kind: str
    text: str
    buttons: list[str] = Field(description="The words of the buttons under a question")
    state: str = Field(examples=["sent"])
    reason: str = Field(description="Why it did not leave")
    channel: str
    file: File | None


class NewMessage(Body):
    """Words of a human."""

    text: Annotated[
        Text, Field(min_length=1, max_length=MOST_WRITTEN, examples=["Bonjour Lina, je peux t'appeler demain à 10 h ?"])
    ]


class Written(BaseModel):
    """A message on its way."""

    id: int
    floor: Floor | None


class FloorWanted(Body):
    """For how long the bot is to be silent."""

    minutes: Annotated[int, Field(ge=5, le=240)] = FLOOR_MINUTES


class TaskChange(Body):
    """Close a task with its outcome, or open it again."""

    state: Literal["open", "closed"]
    outcome: Outcome = Outcome.DONE


class Agency(BaseModel):
    """The agency of the token."""

    id: int
    slug: str
    name: str
    town: str
    phone: str
    address: str
    zone: str = Field(examples=["Europe/Paris"])


class Adviser(BaseModel):
    """A colleague."""

    id: int
    name: str
    role: Literal["adviser", "manager"]


class AuditLine(BaseModel):
    """Who did what to whom, and when. Ids and categories, never words."""

    id: int
    at: datetime
    actor: str
    actor_id: int | None
    adviser: str
    deed: str = Field(examples=["barrier.open"])
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


class IncidentLine(BaseModel):
    """Something the machine could not finish."""

    kind: Literal["unreadable", "unknown_delivery", "failing"]
    id: int
    young_person_id: int | None
    channel: str
    reason: str
    at: datetime
