"""The closed sets of values that fields take, as `record.md` of the project names them."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    NATIONALITY = "nationality"
    FACILITY = "facility"
    WEAPON = "weapon"
    INSTRUMENT = "instrument"
    EVENT = "event"
    OTHER = "other"


class MentionForm(StrEnum):
    """How words mention something: by its name alone, by a description, or by a pronoun.

    A description may hold a name, as "the mayor, Ann Vale" does.
    """

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


class Act(StrEnum):
    """What a speaker does by the statement.

    To believe is any attitude that is reported without words of the speaker: to believe,
    to want, to fear, to hope.
    """

    ASSERT = "assert"
    ACCUSE = "accuse"
    DENY = "deny"
    ADMIT = "admit"
    CONFIRM = "confirm"
    PROMISE = "promise"
    THREATEN = "threaten"
    WARN = "warn"
    REQUEST = "request"
    OFFER = "offer"
    CRITICISE = "criticise"
    ENDORSE = "endorse"
    BELIEVE = "believe"
    ASK = "ask"


class Polarity(StrEnum):
    """Whether the cue turns its content down."""

    AFFIRM = "affirm"
    DENY = "deny"


class Manner(StrEnum):
    """How much of the content stands in quotation marks: all, none, or some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class EventType(StrEnum):
    """PLOVER's sixteen types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Factuality(StrEnum):
    """Whether it happened, in the view of who asserts it."""

    ACTUAL = "actual"
    NEGATED = "negated"
    POSSIBLE = "possible"
    PLANNED = "planned"


class Precision(StrEnum):
    """What the position of a place stands for."""

    POINT = "point"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"


class Change(StrEnum):
    """What happened to the control of a place, from the holder's side."""

    TAKEN = "taken"
    LOST = "lost"
    HELD = "held"
    CONTESTED = "contested"


class TimexType(StrEnum):
    """TIMEX3's types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class RejectionReason(StrEnum):
    """Why something given is not read as an article.

    Attributes:
        UNREADABLE: The system does not let it be read, or it is no file.
        BINARY: It is no text: a picture, an archive, a PDF.
        EMPTY: It holds nothing but white space.
        TOO_LARGE: It is larger than the options allow.
        UNDECODABLE: It is text in an encoding that cannot be told.
        BAD_JSON: A line is no JSON object with a text.
        NOT_AN_ARTICLE: The page has no article in it.
        UNREACHABLE: The address is none, or its server cannot be read.
        NOT_FOUND: There is no such file or page.
        BLOCKED_ADDRESS: The address leads into a private network.
        TOO_MANY_REDIRECTS: The address leads from page to page without end.
        TIMED_OUT: The server took longer than the options allow.
        UNSUPPORTED_TYPE: The server sends something that is no text.
        HTTP_ERROR: The server answers with an error.
    """

    UNREADABLE = "unreadable"
    BINARY = "binary"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    BAD_JSON = "bad_json"
    NOT_AN_ARTICLE = "not_an_article"
    UNREACHABLE = "unreachable"
    NOT_FOUND = "not_found"
    BLOCKED_ADDRESS = "blocked_address"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TIMED_OUT = "timed_out"
    UNSUPPORTED_TYPE = "unsupported_type"
    HTTP_ERROR = "http_error"
