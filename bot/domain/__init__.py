"""The words of the house: frozen values, enums and pure rules, standard library only.

One name per concept. The table below is the glossary: the term used in code and in the API, the term
people read in French, and the words that must not be used for the same thing (`tests/test_house.py`
fails on them).
"""

from typing import Final

GLOSSARY: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "YoungPerson": ("jeune", ("Youth", "Beneficiary", "Candidate", "EndUser")),
    "Contact": ("toute personne à qui le robot écrit", ("Subscriber", "Recipient")),
    "Address": ("canal et identifiant", ("Urn", "Endpoint", "ContactPoint")),
    "Adviser": ("conseiller, conseillère", ("Advisor", "Counsellor", "Counselor", "Agent", "Operator")),
    "Referent": ("référent unique", ("CaseManager", "CaseOwner")),
    "Agency": ("Mission Locale", ("Tenant", "Organisation", "Organization")),
    "Prescriber": ("prescripteur", ("Referrer",)),
    "Source": ("origine d'un premier contact", ("Origin", "Campaign")),
    "Wish": ("envie", ("Desire", "Aspiration", "Project")),
    "Barrier": ("frein", ("Obstacle", "Blocker", "Hindrance")),
    "Availability": ("disponibilités", ("Dispo", "FreeTime")),
    "Skill": ("compétence", ("Competence", "Competency")),
    "Appointment": ("rendez-vous", ("Booking", "Meeting", "Rdv")),
    "Inbound": ("ce qui arrive", ("IncomingMessage", "UpdateMessage")),
    "Effect": ("ce que le pas demande", ("SideEffect", "Command")),
    "Step": ("un pas de conversation", ("Sprint",)),
    "Handover": ("la parole prise par un conseiller", ("Takeover",)),
    "Task": ("à faire", ("Todo", "Ticket")),
    "Timer": ("échéance", ("Job", "Schedule", "ScheduledMessage")),
    "Delivery": ("issue d'un envoi", ("SendResult", "SendOutcome")),
}
