"""How fictional young people say things: the same fact plainly, in one word, in SMS spelling, in English, in Arabic.

Every phrase is clear to a person who knows the language; what a bot makes of it is what the bench measures. Where a
sentence has two genders they stand as (masculine, feminine), and must lead to the same result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Two = tuple[str, str]
PLAIN, TERSE, SMS, ENGLISH, ARABIC = "plain", "terse", "sms", "en", "ar"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact and its wordings by way of writing. `means` is what the card should hold: domains, a category, a band, or
    half-days as `lundi.matin`.
    """

    means: frozenset[str]
    said: Mapping[str, str]
    gendered: Two = ("", "")

    def words(self, way: str) -> str:
        """In this way of writing; plainly when it has no wording of its own."""
        return self.said.get(way) or self.said[PLAIN]


def _fact(means: str, plain: str, terse: str, sms: str, *foreign: str, two: Two = ("", "")) -> Fact:
    ways = {PLAIN: plain, TERSE: terse, SMS: sms, **dict(zip((ENGLISH, ARABIC), foreign, strict=False))}
    return Fact(frozenset(means.split()), ways, two)


WISHES: Final = (
    _fact(
        "G16",
        "J'aimerais travailler en cuisine",
        "cuisine",
        "jveu bosser en cuisine",
        "I want to work in a kitchen",
        "أريد العمل في المطبخ",
        two=("cuisinier", "cuisinière"),
    ),
    _fact(
        "D12 D15",
        "Je cherche dans la vente",
        "vente",
        "dla vente ou un truc com sa",
        "working in a shop",
        "بائع في متجر",
        two=("je veux être vendeur", "je veux être vendeuse"),
    ),
    _fact(
        "D12",
        "Coiffure, ça me plaît depuis toujours",
        "coiffure",
        "coifure svp",
        "hairdresser",
        "الحلاقة",
        two=("coiffeur", "coiffeuse"),
    ),
    _fact(
        "I16",
        "Je voudrais faire de la mécanique auto",
        "mécanique",
        "la mecanik auto",
        "car mechanic",
        "ميكانيكي سيارات",
        two=("mécanicien auto", "mécanicienne auto"),
    ),
    _fact(
        "K13 J15",
        "Je veux aider les personnes âgées",
        "aide à domicile",
        "jveu aidé les personne agées",
        "taking care of old people",
        "مساعدة كبار السن",
        two=("auxiliaire de vie, je suis patient", "auxiliaire de vie, je suis patiente"),
    ),
    _fact(
        "F16 F17 F11 F15 F12",
        "Le bâtiment, la maçonnerie",
        "maçon",
        "ds le batiment macon",
        "construction",
        "البناء",
        two=("maçon", "maçonne"),
    ),
    _fact(
        "N41",
        "Chauffeur livreur, j'ai le permis B",
        "livreur",
        "chofeur livreur",
        "delivery driver",
        "سائق توصيل",
        two=("livreur", "livreuse"),
    ),
    _fact(
        "N11",
        "Préparateur de commandes dans un entrepôt",
        "cariste",
        "prepa de comande a lentrepot",
        "warehouse",
        "العمل في المستودع",
        two=("préparateur de commandes", "préparatrice de commandes"),
    ),
    _fact(
        "M18",
        "L'informatique, dépanner des ordinateurs",
        "informatique",
        "linfo depané des pc",
        "computers, IT",
        "المعلوماتية",
        two=("technicien informatique", "technicienne informatique"),
    ),
    _fact(
        "A14 A15 A12",
        "Travailler avec les animaux",
        "les animaux",
        "un truc avec les animo",
        "working with animals",
        "العمل مع الحيوانات",
        two=("soigneur animalier", "soigneuse animalière"),
    ),
    _fact(
        "K13 J13 G12",
        "Garder des enfants, la crèche",
        "crèche",
        "garder dé enfant a la creche",
        "childcare",
        "رعاية الأطفال",
        two=("animateur pour enfants", "animatrice pour enfants"),
    ),
    _fact(
        "K22",
        "Faire le ménage dans des bureaux",
        "ménage",
        "menage ds les buro",
        "cleaning",
        "التنظيف",
        two=("agent d'entretien", "agente d'entretien"),
    ),
    _fact(
        "G18 G16",
        "Serveur dans un restaurant",
        "serveur",
        "serveur ou serveuse dans 1 resto",
        "waiter",
        "نادل في مطعم",
        two=("serveur", "serveuse"),
    ),
    _fact(
        "K25",
        "Agent de sécurité",
        "sécurité",
        "la securité",
        "security guard",
        "حارس أمن",
        two=("agent de sécurité", "agente de sécurité"),
    ),
)
"""`means`: ROME domains, one of which is right."""

CONTRACTS: Final = (
    _fact("emploi", "Un travail", "travail", "un taf", "a job", "عمل"),
    _fact(
        "alternance",
        "Plutôt une alternance",
        "alternance",
        "une alternence",
        "an apprenticeship",
        "تدريب مهني بالتناوب",
    ),
    _fact("formation", "Une formation d'abord", "formation", "une formation", "a training", "تكوين"),
    _fact("emploi", "Un CDI si possible", "cdi", "nimporte mais un cdi c mieu", "a permanent job", "عمل دائم"),
    _fact("interim", "De l'intérim", "interim", "linterim sa me va", "temp work", "عمل مؤقت"),
    _fact("immersion", "Un stage pour découvrir", "stage", "un stage pr voir", "an internship", "تدريب"),
)
AGES: Final[Mapping[str, tuple[int, ...]]] = {
    "under_15": (13, 14),
    "15": (15,),
    "16_17": (16, 17),
    "18_25": (18, 19, 20, 21, 22, 23, 24, 25),
    "26_29": (26, 28),
    "over_29": (31, 34),
}
AGE_WORDS: Final[Mapping[str, str]] = {
    PLAIN: "J'ai {n} ans",
    TERSE: "{n}",
    SMS: "g {n} an",
    ENGLISH: "I am {n}",
    ARABIC: "عمري {n} سنة",
}
BARRIERS: Final = (
    _fact(
        "mobilite",
        "Je n'ai pas le permis et pas de voiture",
        "permis",
        "g pa le permi",
        "I don't have a car",
        "ليس لدي سيارة",
    ),
    _fact(
        "logement",
        "Je dors chez des amis en ce moment",
        "logement",
        "jdor ché dé pote",
        "I have no place of my own",
        "ليس عندي سكن",
    ),
    _fact(
        "budget",
        "Je n'ai plus d'argent à la fin du mois",
        "argent",
        "jsuis a sec niveau thune",
        "no money",
        "ليس لدي مال",
    ),
    _fact(
        "administratif",
        "Mes papiers ne sont pas à jour",
        "papiers",
        "mé papié son pas bon",
        "my papers are expired",
        "أوراقي منتهية",
    ),
    _fact(
        "garde_enfants",
        "Je n'ai personne pour garder mon fils",
        "garde d'enfant",
        "person pr gardé mon fils",
        "nobody to look after my son",
        "لا أحد يعتني بطفلي",
        two=("je suis papa solo, personne pour garder ma fille", "je suis maman solo, personne pour garder ma fille"),
    ),
    _fact(
        "confiance_en_soi",
        "Je manque de confiance en moi",
        "confiance",
        "jai pa confience en moi",
        "I am not confident",
        "لا أثق بنفسي",
        two=("je suis trop timide et je me sens nul", "je suis trop timide et je me sens nulle"),
    ),
    _fact(
        "langue",
        "J'ai du mal à écrire le français",
        "le français",
        "jecri mal le francai",
        "my French is bad",
        "لا أتكلم الفرنسية جيدا",
    ),
    _fact(
        "numerique",
        "Je n'ai pas d'ordinateur ni internet",
        "pas d'ordi",
        "g pa dordi ni dinternet",
        "I have no internet",
        "ليس لدي إنترنت",
    ),
    _fact("sante", "J'ai des problèmes de santé", "santé", "g dé soucis de santé", "health problems", "مشاكل صحية"),
    _fact(
        "mobilite logement",
        "Pas de voiture, et je cherche un logement",
        "transport et logement",
        "pa de caisse et g pa dappart",
        "no car and no flat",
        "لا سيارة ولا سكن",
    ),
)
NOTHING: Final = _fact("", "Non, rien de spécial", "rien", "nn rien tkt", "no, nothing", "لا شيء")
ENOUGH: Final = _fact("", "Non c'est tout", "non", "nn c tt", "no that's all", "لا، هذا كل شيء")

_WEEK: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")


def _halves(*excepted: str, parts: str = "matin apres_midi") -> str:
    return " ".join(f"{day}.{part}" for day in _WEEK for part in parts.split() if day not in excepted)


TIMES: Final = (
    _fact(_halves(parts="matin"), "Plutôt le matin", "matin", "le mat1", "in the morning", "في الصباح"),
    _fact(
        _halves("mercredi"),
        "Tous les jours sauf le mercredi",
        "sauf mercredi",
        "tlj sof mercredi",
        "every day except Wednesday",
        "كل يوم ما عدا الأربعاء",
    ),
    _fact(_halves(parts="apres_midi"), "L'après-midi", "aprem", "laprem", "in the afternoon", "بعد الظهر"),
    _fact(
        _halves(),
        "N'importe quand dans la semaine",
        "tlj",
        "nimporte kan",
        "any time",
        "في أي وقت",
        two=("je suis libre toute la semaine, je suis prêt", "je suis libre toute la semaine, je suis prête"),
    ),
    _fact(
        "lundi.matin mardi.matin",
        "Lundi ou mardi matin",
        "lundi mardi matin",
        "lundi mardi mat1",
        "Monday or Tuesday morning",
        "الاثنين أو الثلاثاء صباحا",
    ),
    _fact(
        "jeudi.apres_midi", "Jeudi après-midi", "jeudi aprem", "jeudi aprem", "Thursday afternoon", "الخميس بعد الظهر"
    ),
)
HOURS: Final = (
    _fact("nuit", "Pas la nuit", "pas la nuit", "pa la nuit", "not at night", "ليس في الليل"),
    _fact("weekend", "Pas le week-end", "pas le weekend", "pa le we", "not on weekends", "ليس في نهاية الأسبوع"),
    _fact("", "Aucun problème d'horaires", "aucun", "tt me va", "any hours", "كل الأوقات تناسبني"),
)
YES: Final = _fact("", "Oui, c'est bien ça", "oui", "ui c sa", "yes", "نعم")
NO: Final = _fact("", "Non", "non", "nn", "no", "لا")
UNDECIDED: Final = _fact("", "Je ne sais pas trop", "jsp", "jsp frr", "I don't know", "لا أعرف")
THANKS: Final = _fact("", "Merci beaucoup", "merci", "mrc", "thank you", "شكرا")
REFUSALS: Final = _fact("", "Je préfère ne pas le dire", "non", "jdi pa", "I'd rather not say", "لا أريد أن أقول")
QUIET: Final = _fact(
    "",
    "Je n'ai pas envie d'en parler",
    "pas envie d'en parler",
    "pa envi den parlé",
    "I don't want to talk about it",
    "لا أريد التحدث عن ذلك",
)
PERSON: Final = _fact(
    "",
    "Je voudrais parler à quelqu'un",
    "un humain",
    "jpe parlé a kelkun",
    "I want to talk to a person",
    "أريد التحدث مع شخص",
)
WHO: Final = _fact("", "Vous êtes qui ?", "t ki", "t ki toi", "who are you?", "من أنت؟")
GREETING: Final = _fact("", "Bonjour", "slt", "wsh cv", "hello", "السلام عليكم")
BACK_AGAIN: Final = _fact(
    "",
    "Désolé, je suis de retour",
    "re",
    "re dsl",
    "I'm back",
    "مرحبا",
    two=("désolé, je suis de retour", "désolée, je suis de retour"),
)
NAMES: Final = ("Lou", "Sami", "Inès", "Noé", "Awa", "Léo", "Mina", "Tom")
PHONES: Final = ("06 39 98 {0:02} {1:02}", "063998{0:02}{1:02}", "+33 6 39 98 {0:02} {1:02}")
LIKES: Final = ("cuisiner", "les animaux", "réparer des vélos", "parler avec les gens", "dessiner")
DONE: Final = ("j'ai gardé mes petits frères", "le foot en club", "un stage en 3e", "aidé mon oncle sur des chantiers")
SETTINGS: Final = ("dehors", "avec des gens", "avec mes mains", "jsp")


@dataclass(frozen=True, slots=True)
class Facts:
    """Somebody's hidden facts."""

    wish: Fact
    contract: Fact
    band: str
    age: int
    barriers: tuple[Fact, ...]
    when: Fact
    hours: Fact
    name: str
    phone: str
    postcode: str
    she: bool = False
    recognised: bool = False
