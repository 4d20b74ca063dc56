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
        BAD_TABLE: A table has no column of texts, or a row of it cannot be told apart.
        BAD_FEED: A feed cannot be read, or is made to exhaust who reads it.
        NOT_AN_ARTICLE: The page has no article in it.
        UNREACHABLE: The address is none, or its server cannot be read.
        NOT_FOUND: There is no such file or page.
        BLOCKED_ADDRESS: The address leads into a private network.
        TOO_MANY_REDIRECTS: The address leads from page to page without end.
        TIMED_OUT: The server took longer than the options allow.
        UNSUPPORTED_TYPE: The server sends something that is no text.
        HTTP_ERROR: The server answers with an error.
        DISALLOWED: The site asks programs not to read the page (robots.txt).
        FAILED: Reading or keeping it failed, or ended the program: a fault of this program.
    """

    UNREADABLE = "unreadable"
    BINARY = "binary"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    BAD_JSON = "bad_json"
    BAD_TABLE = "bad_table"
    BAD_FEED = "bad_feed"
    NOT_AN_ARTICLE = "not_an_article"
    UNREACHABLE = "unreachable"
    NOT_FOUND = "not_found"
    BLOCKED_ADDRESS = "blocked_address"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TIMED_OUT = "timed_out"
    UNSUPPORTED_TYPE = "unsupported_type"
    HTTP_ERROR = "http_error"
    DISALLOWED = "disallowed"
    FAILED = "failed"


class DocumentStatus(StrEnum):
    """What a store did with a document that it was given.

    - new: kept for the first time
    - known: kept before, and read by the same run: nothing was done
    - reread: kept before, and read again by another run
    - revised: a newer text of an address that was kept before; the older one stays
    - deleted: deleted from the store by somebody, and not taken again
    """

    NEW = "new"
    KNOWN = "known"
    REREAD = "reread"
    REVISED = "revised"
    DELETED = "deleted"


class RowKind(StrEnum):
    """The table of a row that a claim, a stance or a correction is about."""

    DOCUMENT = "document"
    MENTION = "mention"
    ENTITY = "entity"
    STATEMENT = "statement"
    EVENT = "event"
    PLACE = "place"
    TIME = "time"
    QUANTITY = "quantity"
    CONTROL_CLAIM = "control_claim"
    COMMITMENT = "commitment"


class StanceKind(StrEnum):
    """What somebody does with a claim.

    - asserts: says it, in an own voice
    - denies: says that it is not so
    - reports: passes on that somebody else says or denies it
    """

    ASSERTS = "asserts"
    DENIES = "denies"
    REPORTS = "reports"


class Ground(StrEnum):
    """Why two accounts cannot both hold.

    - denial: one side asserts what another denies
    - incompatible figure: the numbers for one thing cannot both be right
    - incompatible holder: two are said to hold one place at one time
    - incompatible actor: one deed is laid to two that are not the same
    """

    DENIAL = "denial"
    FIGURE = "incompatible figure"
    HOLDER = "incompatible holder"
    ACTOR = "incompatible actor"


class ChangeKind(StrEnum):
    """What happened to an actor or a story: two became one, or one became two."""

    MERGE = "merge"
    SPLIT = "split"


class CorrectionKind(StrEnum):
    """What a correction does: sets a field, rejects a row, adds a missed one, confirms a row.

    - set: a field has another value
    - reject: the row should not be there
    - add: a row was missed
    - accept: the row is right as it is
    - undo: an earlier correction holds no longer
    """

    SET = "set"
    REJECT = "reject"
    ADD = "add"
    ACCEPT = "accept"
    UNDO = "undo"
