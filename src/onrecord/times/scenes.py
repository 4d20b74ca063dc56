"""What a text has told so far: when it was published, where its story stands, its tense."""

import datetime
import functools
import re

from onrecord.times.calendars import Point, point_of
from onrecord.times.tokens import BEFORE_DATES, TokenLine

PAST, FUTURE = -1, 1
# How far back a date is still the one that "the next day" counts from.
_STORY_CHARS = 1500
_CLAUSE_CHARS = 160
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"‘'(])|[\r\n]+")
# "Ms May", "Anna May", no weekday before it and no day behind it.
_BEFORE_MAY = re.compile(r"\b(?!\w{2,6}day\b)(\w{1,20})\.? May\b(?! ?\.? ?[0-9])")
_ADVERBS = r"(?:\s+(?:be|been|have|not|also|then|now|first|[a-z]{1,12}ly)\b){0,3}"
_TENSE = re.compile(
    r"\b(?:(?P<future>(?:will|shall|would|won['’]t|ll|can|could|may|might|should|must)\b"
    + _ADVERBS
    + r"(?:\s+[a-z]+)?"
    r"|(?:plan|expect|schedul|due|set|want|hop|prepar|ready|intend|vow|promis|agre|likely|about"
    r"|is|are|going|slat|aim|deadline)[a-z]{0,4}\s+to\b" + _ADVERBS + r"(?:\s+[a-z]+)?"
    r"|(?:scheduled|due|planned|expected|slated|set)\s+(?:for|on)\b|upcoming\b|deadline\b"
    # The present tense of a timetable, and what is still to come.
    r"|(?:takes|goes|comes|enters)\s+(?:into\s+)?(?:effect|force)\b"
    r"|(?:begins|starts|opens|resumes|expires|runs\s+out)\b|ahead\s+of\b)"
    r"|(?P<past>was|were|had|did|[a-z]{2,20}ed|said|told|made|took|came|went|began|met|held|won"
    r"|lost|left|saw|found|gave|got|became|spoke|wrote|broke|fell|rose|led|ran|sent|struck|shot"
    r"|kept|hit|put|cut|fought|brought|bought|sold|paid|built|drove|flew|grew|knew|showed"
    r"|stood|threw|withdrew|withstood|ago|since|after)\b)"
)
# "On Monday, ahead of the vote, nine were shot": what the day is ahead of tells nothing of it.
_AHEAD = re.compile(r"\s*ahead\b")
# A headline's future: "Premier to visit the islands on Monday". Behind nouns that need no
# article it is none: "Two taken to hospital on Monday".
_PLAN = re.compile(
    r"\s*(?!How\b)[A-Z][^\n.,:;\"“]{1,60}"
    r"(?<!according)(?<!due)(?<!prior)(?<!next)(?<!close)\s+to\s+"
    r"(?!(?:a|an|the|its|his|her|their|our|my|this|that|be)\b"
    r"|(?:hospital|prison|jail|court|school|college|church|bed|town|sea|land|war|peace|death"
    r"|safety|freedom|power|office|recovery|victory|justice|earth|life)\b)[a-z]+\b"
)
# Lines of their own, or starts of a paragraph, in which news gives its date.
_HEAD_LINES = 8
_HEAD_CHARS = 2000
_DATE_LINE_CHARS = 60
_DATELINE = re.compile(r"\s*[A-Z][A-Za-z .,'’()/-]{1,60}[,(]?\s*$")


class Scene:
    """What decides how the next expression is read; it moves on with the text.

    Attributes:
        line: The tokens of the text.
        published: The day of publication, if known.
    """

    def __init__(self, line: TokenLine, published: Point | None) -> None:
        self.line = line
        self.published = published
        self._story: Point | None = None
        self._story_end = 0
        self._day: Point | None = None
        self._day_end = 0
        self._n_near = self._n_far = 0

    @functools.cached_property
    def has_surname_may(self) -> bool:
        """Whether somebody in the text is called May."""
        return any(
            match[1][:1].isupper() and match[1].lower() not in BEFORE_DATES
            for match in _BEFORE_MAY.finditer(self.line.text)
        )

    @property
    def is_tale(self) -> bool:
        """Whether most dates so far are of other years than that of publication."""
        return self._n_far >= 3 and self._n_far > 2 * self._n_near

    def move_on(self, point: Point, end: int) -> None:
        """Take note of a date that the text has just given."""
        self._story, self._story_end = point, end
        if self.published is not None and abs(self.published.year - point.year) > 1:
            self._n_far += 1
        else:
            self._n_near += 1
        if point.day:
            self._day, self._day_end = point, end

    def story(self, at: int) -> Point | None:
        """The last date before a position, if it is not too far back."""
        return self._story if at - self._story_end <= _STORY_CHARS else None

    def day(self, at: int) -> Point | None:
        """The last day named in the sentence of a position or the one before."""
        if self._day is None or at - self._day_end > _CLAUSE_CHARS * 2:
            return None
        between = self.line.text[self._day_end : at]
        return self._day if len(_SENTENCE_END.findall(between)) <= 1 else None

    def story_in_paragraph(self, at: int) -> Point | None:
        """The last date before a position if it stands in the same paragraph."""
        if self._story is None or at - self._story_end > _STORY_CHARS:
            return None
        between = self.line.text[self._story_end : at]
        return None if "\n" in between or "\r" in between else self._story

    def tense(self, start: int, end: int) -> int | None:
        """PAST or FUTURE, as the nearest verb of the sentence has it; None without one."""
        before = self.line.text[max(0, start - _CLAUSE_CHARS) : start]
        ends = [match.end() for match in _SENTENCE_END.finditer(before)]
        before = before[ends[-1] :] if ends else before
        after = self.line.text[end : end + _CLAUSE_CHARS]
        stop = _SENTENCE_END.search(after)
        after = after[: stop.start()] if stop else after
        found = list(_TENSE.finditer(before))
        left = found[-1] if found else None
        right = next((m for m in _TENSE.finditer(after) if not _AHEAD.match(m.group())), None)
        if left is None and right is None:
            line = self.line.text[end : end + _CLAUSE_CHARS].partition("\n")[0]
            return FUTURE if "." not in line and _PLAN.match(before) else None
        nearest = right if left is None else left
        if left is not None and right is not None:
            gap = len(before) - left.end()
            nearest = right if right.start() + 8 < gap else left
        return FUTURE if nearest is not None and nearest.group("future") else PAST


def publication_day(published: str | None) -> Point | None:
    """The day of an ISO 8601 date or time; None for None and for what is no date.

    >>> publication_day("2022-08-02T10:15:00+00:00").value
    '2022-08-02'
    """
    match = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])", published or "")
    if match is None:
        return None
    try:
        return point_of(datetime.date(*map(int, match.groups())))
    except ValueError:
        return None


def is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a full date at the top of a text is when it was written.

    It stands alone on its line, or begins a paragraph behind the name of a town and before
    a dash.
    """
    if start > _HEAD_CHARS:
        return False
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    if text.count("\n", 0, line_start) > _HEAD_LINES or start - line_start > 90:
        return False
    rest = text[end : end + _DATE_LINE_CHARS]
    before = text[line_start:start]
    alone = re.match(r"[^\S\r\n]*[.|,]?[^\S\r\n]*(?:[\r\n]|$)", rest) is not None
    if alone and len(before) <= 30:
        return not re.search(r"[a-z]{3,}\s+[a-z]{2,}", before)
    dashed = re.match(r"[^\S\r\n]*(?:\([^()\r\n]{1,30}\))?[^\S\r\n]*(?:[–—]|--|-\s)", rest)
    return dashed is not None and bool(_DATELINE.match(before))
