"""Transcripts, and texts that look like some; all persons and bodies are invented."""

from typing import Final

# By name: the text, and its outlet.
TRANSCRIPTS: Final[dict[str, tuple[str, str | None]]] = {
    "questions and answers": (
        """
Mara Velt has run the lock at Ardal since 2011. The Orvik Herald met her on the wall.

Q: Who closed the lock?
A: I did. The wall had moved, and the council had refused to pay.

Q: Did you warn the ministry?
A: We warned them in May. My deputy said that the wall would fall.

They never answered.

Q: What will you do?
A: I will sue the ministry.

The ministry did not comment. Residents protested in Ardal on Monday.
""".strip(),
        "Orvik Herald",
    ),
    "capitals": (
        """
The water committee heard Senator Mara Velt and the engineer Tom Lind on Tuesday.

CHAIR: The committee will come to order. Senator, you have the floor.
VELT: Thank you. I voted against the dam. The ministry lied to us.
LIND: I built it. Soldiers attacked my crew in March.
VELT: Who sent them?
LIND: I do not know. We asked the army.
CHAIR: Thank you both.
""".strip(),
        None,
    ),
    "brackets": (
        """
Singer Ilse Brandt, 41, founded a choir in Orvik. She spoke to Ardal Post about it.

((Ardal Post))  What made you start?

((Ilse Brandt))  I was bored. "Go home," my teacher said.

((AP))  Will you tour?

((IB))  Yes, we will. The mayor promised us money.

((AP))  Thank you.

((IB))  Thank you.
""".strip(),
        None,
    ),
    "dashes": (
        """
Minister Joran Hald met Lena Oster of the Ardal Post in his office.

Lena Oster — Minister, why did you resign?

Joran Hald — I could not sign the treaty with Orvia.

Oster — Did the president accuse you?

Hald — She did. She said that I had sold the port.
""".strip(),
        None,
    ),
    "within an article": (
        """
The strike at the Ardal port went into its third week on Monday. Dockers blocked the gates.

The union has demanded higher wages. Its head, Petra Sund, talked to us.

Petra Sund: We have asked for talks since June. I met the owners twice.

Interviewer: What did they offer?

Sund: Nothing. They threatened us with the police.

Interviewer: Will you go on?

Sund: Yes. I promise you that.

The owners rejected the charge. “We never threatened anybody,” their spokesman said.

Police arrested two dockers on Sunday.
""".strip(),
        None,
    ),
    "hearing": (
        """
Inquiry into the flood at Senn. Professor Olen Marsk, who led the survey, and Major Dita Rovar gave
evidence.

THE CHAIR: Professor, when did you learn of the crack?

PROF MARSK: In April. I told the guard at once, and I sent them my drawings.

(Laughter)

Nobody called back. I wrote again in May.

MAJOR ROVAR: I never saw a letter. My office was closed.

THE CHAIR: Did the guard evacuate Senn?

MAJOR ROVAR: No. We had no orders.

THE CHAIR: Thank you. We will hear the mayor tomorrow.

The inquiry goes on. Families of the dead marched through Senn in the evening.
""".strip(),
        None,
    ),
    "question": (
        """
**Question:** What did the court decide?

**Answer:** I have not seen the ruling. Our lawyers are reading it.

**Question:** Will you appeal?

**Answer:** I think that we must. The judge ignored my letters.
""".strip(),
        None,
    ),
    "initials": (
        """
The novelist Anselm Dorn left Orvia in 2014. Lighthouse Review called him at home.

Lighthouse Review: Why did you leave?

Anselm Dorn: Two men followed me. I was afraid.

LR: Do you know who sent them?

AD: I believe that the ministry did. “We see you,” they told me.

LR: Will you go back?

AD: My mother is there. I will.
""".strip(),
        "Lighthouse Review",
    ),
    "two guests": (
        """
Petra Sund, of the dockers, and Joran Hald, who owns the port, met in our studio.

Moderator: Who began the quarrel?

Sund: He did. I asked for a rise, and he dismissed me.

Hald: That is not true. I offered talks, Petra.

Moderator: Will you talk now?

Sund: If he pays, I will.

Hald: I have paid already.
""".strip(),
        None,
    ),
}

NO_TRANSCRIPTS: Final[dict[str, str]] = {
    "weather": """
Weather for the weekend.

London: 12 C, with some rain.
Ardal: 9 C and dry. You will need a coat.

On Sunday it warms up.

London: 15 C. You can leave the coat at home.
Ardal: 11 C. We expect sun.
""".strip(),
    "scores": """
Results from the league.

Orvik: 3
Ardal: 1

Second leg.

Orvik: 0
Ardal: 2
""".strip(),
    "myths": """
What is true about the vaccine from Ardal.

Myth: You can catch the flu from it.
Fact: You cannot. It holds no live virus.

Myth: I do not need it if I am young.
Fact: You do, and we all benefit.
""".strip(),
    "headlines": """
Ardal: Council votes on the dam
Orvik: We want our harbour back, dockers say
Ardal: Mayor resigns
Orvik: Harbour stays shut

Read more on our page.
""".strip(),
    "liveblog": """
10:15 Mara Velt: I will not resign.
10:20 Tom Lind: You must.
10.45am: The hall is full. We are waiting.
11.05am: We have a vote.
11.20am: They are leaving, our reporter says.
""".strip(),
    "verses": """
Readings for Sunday.

Luke 2:1 And it came to pass in those days.
Luke 2:2 And this taxing was first made.
John 1:1 In the beginning we had the word.
John 1:2 The same was with you.
""".strip(),
    "said": """
Mara Velt said: We will close the lock.

Tom Lind replied: You will not.

Mara Velt said: I have the key.

Tom Lind replied: We have another.
""".strip(),
    "explainer": """
What to know about the new toll in Ardal.

Q: Who pays it?
A: Every driver who enters the centre by day.

Q: How much is it?
A: Two crowns, or five for lorries.

Q: Can you pay by card?
A: Yes, at every gate.
""".strip(),
    "roundup": """
What candidates said about the toll.

Mara Velt: I will abolish it.

Tom Lind: We need it.

Petra Sund: I am not sure.

Joran Hald: You should ask the drivers.
""".strip(),
    "events": """
Two meetings on the dam.

When: Monday, 7 pm. You can come early.
Where: The town hall. We meet at the gate.
Who: Mara Velt.

When: Tuesday, 8 pm.
Where: The school. Bring your papers.
Who: Tom Lind.
""".strip(),
    "definitions": """
Terms that you will hear in the debate.

Lock: A chamber in which we lift boats.
Weir: A low wall. You cannot pass it.

More of them.

Lock: Also a keeper's house.
Weir: Also a trap for fish.
""".strip(),
    "votes": """
How Ardal and Orvik voted. Mara Velt and Tom Lind ran in both.

Velt: 4,512 votes
Lind: 3,990 votes

In Orvik it was closer.

Velt: 1,201 votes
Lind: 1,199 votes
""".strip(),
    "datelines": """
The week in brief. In Ardal and in Port Orvik much has happened.

ARDAL — The council voted on Monday to close the lock.
ORVIK — Dockers went on strike. “We want our pay,” one said.
ARDAL — Mayor Mara Velt resigned on Friday.
ORVIK — The port reopened.
""".strip(),
    "captions": """
Photo: Mara Velt at the lock.
Image: Tom Lind. You can see the weir.
The wall fell on Monday. “I saw it,” Velt said.
Photo: The weir. We took it in May.
Image: Our map.
""".strip(),
    "oneside": """
Mara Velt answered questions by e-mail.

Velt: I will not resign.

Velt: The council lied to us.

Velt: We have a plan.
""".strip(),
    "recipe": """
Two soups from Ardal.

Prep: You need ten minutes.
Cook: We let it boil for an hour.

Prep: Your knife should be sharp.
Cook: Until you can smell it.
""".strip(),
    "teams": """
The Ardal Rovers met Orvik Town. Our ratings for both.

Ardal Rovers: We give them six points for effort.
Orvik Town: You have to admire the defence.

Next week.

Ardal Rovers: A rest for our heroes.
Orvik Town: They travel north.
""".strip(),
    "letters": """
DEAR ANN: My neighbour plays the drum. I cannot sleep.

DEAR TIRED: You should ask him.

DEAR ANN: I lost my ring. What can I do?

DEAR TIRED: We print one more letter from you.
""".strip(),
    "one word twice": """
Velt: I won.

The rest of the article tells of the harbour.

Lind: I lost.
""".strip(),
}
