"""What the access matrix says about every door, person and record, read a second time.

This is an independent reading of `access-matrix.csv`: it shares nothing with the crate
`policy` but the table itself, so that a mistake in the one is seen by the other. It reads
a world from standard input (people with their memberships, records with whom they belong
to, doors, and the triples to judge) and writes one word per triple: `open`, `gone`
(answered like a page that is not there), `sign-in`, `token`, or `any` where the door is
open to all and the matrix has nothing to say; `shut` is whatever does not open. Beside
that it says of words that stand in one record each which of the people may read them.
"""

import csv
import json
import re
import sys

COLUMN = {
    "applicant": "applicant", "mentee": "mentee", "mentor": "mentor", "liaison": "liaison",
    "council": "council", "chair": "chair", "deputy": "chair", "staff": "staff",
    "board": "board", "alumna": "alumni",
}
COMMITTEE = {"liaison", "council", "chair", "staff", "board"}

# Which record a door opens, and what it does with it: R W D E, m for "that it is there".
# The first pattern that fits counts; a door that fits none stops the test.
DOORS = [
    (r"GET /(results|about(/\{slug\})?|apply|calendar(\.ics)?|confidentiality|help|livez|favicon.ico|static/.*)?$", None, "public"),
    (r"\w+ /(sign-in/again|second-factor).*", None, "signed-in"),
    (r"\w+ /(theme|sign-in.*|recover|register|look-in-your-mail|nominate|certificates/check.*)$", None, "public"),
    (r"\w+ .*\{token\}.*", None, "public"),
    (r"\w+ /(demo|dev)(/.*)?$", None, "public"),
    (r"GET /api/openapi.json", None, "public"),
    (r"PUT /api/roster", None, "token"),
    (r"POST /sign-out", None, "signed-in"),
    (r"GET /me/letters/\{letter\}", "sent_mail", "R", "own"),
    (r"POST /me/sign-ins/\{id\}/end", "account_session", "W", "own"),
    # Everyone has data of their own to take along, and an account of their own to let go.
    (r"\w+ /me/(download|erase(/stop)?)$", None, "signed-in"),
    (r"\w+ /me(/.*)?$", None, "signed-in"),
    (r"\w+ /(pledge|lessons.*|alumni/join|alumni/membership/end|my-membership(/corrections)?|events|apply/\{role\})$", None, "signed-in"),
    (r"GET /certificates$", None, "signed-in"),
    (r"POST /applications/\{id\}/(draft|check|last-answers)", "application", "W", "own"),
    # What may be done with an application once it is submitted: withdraw it, answer an offer.
    (r"\w+ /applications/\{id\}.*", "application", "R", "own"),
    (r"GET /events/\{event\}(/calendar.ics)?$", "event", "R", "any"),
    (r"\w+ /events/\{event\}/make-up", "event", "W", "mine"),
    (r"\w+ /events/\{event\}/answer", "event", "W", "any"),
    (r"\w+ /events/\{event\}/.*", "event", "W", "whole"),
    (r"\w+ /cohorts/\{cohort\}/events", "event", "W", "whole"),
    (r"\w+ /surveys/\{survey\}/mine", "survey_answer", "W", "own"),
    (r"\w+ /(surveys/\{survey\}|reports/\{report\})/publication.*", "program_settings", "W", "whole"),
    (r"GET /results/surveys/\{survey\}$", "survey_aggregate", "R", "published"),
    (r"GET /results/reports/\{report\}$", "report_draft", "R", "published"),
    (r"\w+ /surveys/\{survey\}/dates", "program_settings", "W", "whole"),
    (r"GET /(surveys/\{survey\}.*|cohorts/\{cohort\}/surveys)", "survey_aggregate", "R", "whole"),
    (r"GET /certificates/\{certificate\}.*", "certificate", "R", "own"),
    (r"\w+ /mentors/mine.*|\w+ /profile", "profile_mentor", "W", "mine"),
    (r"\w+ /mentors/\{person\}/(request|shortlist)", "match_request", "W", "new"),
    (r"GET /mentors$", "profile_mentor", "R", "current"),
    (r"GET /mentors/\{person\}(/photo)?$", "profile_mentor", "R", "whole"),
    (r"GET /files/\{file\}$", "application", "R", "any"),
    (r"\w+ /wishes", "rank_list", "W", "own"),
    (r"GET /requests/\{id\}", "match_request", "R", "own"),
    (r"POST /requests/\{id\}/(reply|withdrawal)", "match_request", "W", "sent"),
    (r"POST /requests/\{id\}/.*", "match_request", "W", "received"),
    (r"\w+ /proposals/\{id\}.*", "proposal", "W", "own"),
    (r"GET /cohorts/\{cohort\}/mentees$", "profile_mentee", "m", "cards"),
    (r"GET /cohorts/\{cohort\}/matching$", "match_request", "m", "whole"),
    (r"\w+ /cohorts/\{cohort\}/matching/terms$", "program_settings", "W", "whole"),
    (r"(GET|POST) /cohorts/\{cohort\}/matching/review", "proposal", "R", "whole"),
    (r"GET /cohorts/\{cohort\}/matching/.*", "proposal", "R", "whole"),
    (r"\w+ /cohorts/\{cohort\}/matching/.*", "proposal", "W", "whole"),
    (r"GET /duo$", "duo_goals", "R", "duo"),
    (r"GET /duos/\{duo\}/agreement/edit", "agreement", "W", "duo"),
    (r"GET /duos/\{duo\}/agreement", "agreement", "R", "duo"),
    (r"POST /duos/\{duo\}/agreement.*", "agreement", "W", "duo"),
    (r"GET /duos/\{duo\}/notebook", "duo_message", "R", "duo"),
    (r"POST /duos/\{duo\}/notebook/\{note\}/removal", "duo_message", "D", "duo"),
    (r"POST /duos/\{duo\}/notebook", "duo_message", "W", "duo"),
    (r"GET /duos/\{duo\}/meetings$", "meeting_log", "R", "duo"),
    (r"\w+ /duos/\{duo\}/meetings.*", "meeting_log", "W", "duo"),
    (r"POST /duos/\{duo\}/goals", "duo_goals", "W", "duo"),
    (r"GET /duos/\{duo\}/export.*", "duo_goals", "E", "duo"),
    (r"GET /duos/\{duo\}(/goals)?$", "duo_goals", "R", "duo"),
    (r"\w+ /duos/\{duo\}/.*", "agreement", "W", "duo"),
    # Anybody may tell somebody of their choice; who reads it then stands in the table.
    (r"(GET /concerns(/new)?|POST /concerns)$", None, "signed-in"),
    (r"GET /concerns/\{concern\}$", "escalation", "R", "any"),
    (r"POST /concerns/\{concern\}/.*", "escalation", "W", "any"),
    (r"\w+ /check-ins/\{checkin\}", "checkin_answer", "W", "own"),
    (r"GET /desk(/guide)?$", "checkin_answer", "R", "desk"),
    (r"GET /desk/duos/\{duo\}$", "meeting_log", "m", "assigned"),
    # Asking the other chair to open answers together begins with knowing that there are some.
    (r"GET /desk/duos/\{duo\}/answers", "checkin_answer", "R", "behind glass"),
    (r"\w+ /desk/duos/\{duo\}/opening.*", "checkin_answer", "m", "whole"),
    (r"GET /openings/\{opening\}", None, "signed-in"),
    (r"\w+ /desk/duos/\{duo\}/.*", "contact_note", "W", "assigned"),
    (r"\w+ /tasks/\{task\}/.*", "task", "W", "assigned"),
    (r"POST /cohorts/\{cohort\}/applications.csv", "backup_export", "E", "whole"),
    (r"POST /cohorts/\{cohort\}/liaisons.csv", "backup_export", "E", "of duos"),
    (r"\w+ /cohorts/\{cohort\}/liaisons.*", "appointment", "W", "whole"),
    (r"GET /cohorts(/\{cohort\}(/calendar)?)?$", "cohort_overview", "R", "whole"),
    (r"GET /cohorts/\{cohort\}/places/order$", "application", "m", "whole"),
    (r"\w+ /(cohorts/\{cohort\}/(calendar|closing|opening|successor|places).*|program.*|forms.*|letters.*|about/\{slug\}/edit)", "program_settings", "W", "whole"),
    (r"\w+ /conflicts$", "conflict", "W", "any"),
    (r"POST /conflicts/\{conflict\}/end", "conflict", "W", "own"),
    (r"GET /committee$", "committee", "R", "whole"),
    (r"\w+ /committee/hand-over", "committee", "W", "whole"),
    (r"\w+ /committee/.*", "committee", "W", "by the chair"),
    (r"GET /cohorts/\{cohort\}/applications$", "application", "m", "whole"),
    (r"GET /cohorts/\{cohort\}/applications/\{id\}$", "application", "R", "whole"),
    (r"POST /cohorts/\{cohort\}/applications/\{id\}/sealed", "rank_list", "R", "whole"),
    (r"POST /cohorts/\{cohort\}/applications/\{id\}/conflict", "application", "R", "whole"),
    (r"POST /cohorts/\{cohort\}/applications/\{id\}/score$", "application_score", "W", "new"),
    (r"POST /cohorts/\{cohort\}/applications/\{id\}/.*", "application", "W", "whole"),
    (r"GET /cohorts/\{cohort\}/review(/compare)?$", "application", "R", "whole"),
    (r"\w+ /cohorts/\{cohort\}/review/rules$", "program_settings", "W", "whole"),
    (r"\w+ /cohorts/\{cohort\}/review/.*", "application", "W", "whole"),
    (r"GET /cohorts/\{cohort\}/journal", "audit_log", "R", "whole"),
    (r"GET /cohorts/\{cohort\}/reports/\{kind\}(/report.pdf)?$", "report_draft", "R", "whole"),
    (r"POST /cohorts/\{cohort\}/reports/\{kind\}/submission", "report_draft", "submit", "whole"),
    (r"\w+ /cohorts/\{cohort\}/reports/.*", "report_draft", "W", "whole"),
    (r"GET /reports.*", "report_draft", "R", "whole"),
    (r"GET /alumni$", "alumni_group", "R", "whole"),
    (r"\w+ /alumni/letter", "alumni_group", "W", "whole"),
    (r"GET /guides.*", "guide", "R", "whole"),
    (r"\w+ /roster/members.*", "membership_roster", "R", "whole"),
    # A chair hands lists in only where there is no office (docs/decisions/0010), and is led
    # back to the roster where there is one.
    (r"\w+ /roster/(imports?|corrections).*", "membership_roster", "W", "of the office"),
    (r"\w+ /roster.*", "membership_roster", "m", "whole"),
    (r"\w+ /tokens.*", "program_settings", "W", "of deliveries"),
    (r"\w+ /.*eligibility.*", "program_settings", "W", "whole"),
    (r"GET /accounts/events", "audit_log", "R", "of accounts"),
    (r"POST /accounts/\{id\}/(second-factor/end|closing)", "account_session", "W", "by the chair"),
    (r"\w+ /accounts.*", "account_session", "W", "whole"),
]

# Narrower than the matrix on purpose, each with its reason.
NARROWER = {
    ("profile_mentor", "own"): {"mentor"},        # an applicant's or a former mentor's text is changed in the application
    ("program_settings", "whole"): {"chair"},     # the office hands in rosters and makes tokens; it runs no program here
    ("profile_mentee", "cards"): {"mentee"},      # the committee reads profiles with the applications
    ("match_request", "m"): {"chair"},            # the board of requests is the chair's; others see totals on the dashboard
    ("audit_log", "whole"): {"chair"},            # program events
    ("audit_log", "of accounts"): {"staff"},      # account events
    ("membership_roster", "m"): {"chair", "staff"},
    ("checkin_answer", "m"): {"chair"},           # the office counts answers, and opens none
    ("meeting_log", "m"): {"liaison", "chair"},   # a duo's own people have their room, not the desk
    ("checkin_answer", "desk"): {"liaison"},      # a chair who accompanies a duo is given the role
    ("rank_list", "own"): {"mentee"},             # mentors rank nobody in a program where mentees choose
    ("appointment", "W"): {"chair"},
    ("backup_export", "of duos"): {"chair"},      # who accompanies whom is nothing the office reads
    ("account_session", "by the chair"): {"chair"},  # the office ends sign-ins and sends the letter again, and no more
    # What is published has pages of its own; the whole of it stays with the committee and the board.
    ("survey_aggregate", "whole"): {"liaison", "council", "chair", "staff"},
    ("report_draft", "whole"): {"liaison", "council", "chair", "staff", "board"},
    ("committee", "by the chair"): {"chair"},     # the office helps with handing over the chair, and appoints nobody else
}


def cells():
    """The table as text: record -> column -> cell."""
    with open(sys.argv[1], newline="") as file:
        return {row["record"]: row for row in csv.DictReader(file)}


def parts(cell):
    """A cell's parts, cut at semicolons outside parentheses."""
    found, depth, part = [], 0, ""
    for letter in cell:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            found.append(part.strip())
            part = ""
        else:
            part += letter
    return found + [part.strip()]


def rules(cell):
    """Every part as (who stands how, verbs, words of the condition)."""
    for part in parts(cell):
        if part in ("-", "!", "=") or part.endswith(" !") or "!" in part.split(" ")[0]:
            continue
        fit = re.match(r"^(?:(o|d|a|s|c|sp|p):\s*)?(.*)$", part)
        bound, rest = fit.group(1) or "s", fit.group(2)
        if rest == "o":
            bound, rest = "o", "RW"
        verbs = re.match(r"^[RWDEmx]+(?=$|[ ,(;:])", rest)
        words = rest[verbs.end():] if verbs else rest
        letters = set(verbs.group(0)) if verbs else set()
        if words.startswith(", then m") or words.endswith(", then m"):
            yield "s", {"m"}, ""
        words = words.replace("+ eligibility fields RW", "")
        if "submit" in words.replace("until submit", "").replace("once submitted", "").replace("submitted report", ""):
            letters.add("submit")
        for more in re.findall(r"\b([RWDE]+)\b", re.sub(r"\(.*?\)", "", words)):
            if "then" not in words.split(more)[0]:
                letters |= set(more)
        if "accept/decline" in words or "revoke" in words:
            letters.add("W")
        if "free text" in rest:
            letters = {"R"}
        if "own draft" in rest:
            bound, letters = "o", {"R", "W"}
        if "end sessions" in rest:
            letters.add("W")
        if rest.startswith("card"):
            letters = {"m"}
        if "list exports" in rest or rest == "same":
            letters.add("E")
        if not letters:
            continue
        yield bound, letters, words


def columns_of(table, record_name, role):
    """A role's column. A liaison is council to the duos of others: that adds where the
    liaison's own cell speaks of accompanied duos alone."""
    own = [COLUMN[role]]
    if role == "liaison" and not any(bound in ("s", "sp", "c", "p") and words.find("both share") < 0
                                     for bound, _, words in rules(table[record_name]["liaison"])):
        own.append("council")
    return own


def holds(words, person, record, world):
    """Whether the condition in a part's words holds for this record now."""
    if "until close" in words:
        return True
    # A cohort may be elsewhere in its year.
    world = {**world, **{key: record[key] for key in ("selection_runs", "lists_are_closed") if key in record}}
    tests = {
        "during selection": world["selection_runs"],
        "once admitted": False,
        "matching open..session end": world["directory_is_open"],
        "nominee accepts": record.get("accepted", False),
        "who sent a request": person["id"] in record.get("asked", []),
        "sent a request": person["id"] in record.get("asked", []),
        "asked to look": person["id"] in record.get("reviewers", []),
        "after close": world["lists_are_closed"],
        "both share": record.get("shared", False),
        "(sent)": record.get("sender") == person["id"],
        "(received)": record.get("receiver") == person["id"],
        "published": record.get("published", False),
        "submitted": record.get("submitted", False),
        "opt-in": record.get("opted_in", False),
        "on referral": person["id"] in record.get("referred", []),
        "setting": record.get("cards", False),
        "draft": record.get("draft", False),
        "detached": record.get("detached", False),
    }
    return all(is_so for phrase, is_so in tests.items() if phrase in words)


# What a page is about narrows how one may stand to its record.
REACH = {"own": "o", "sent": "o", "received": "o", "new": "o", "mine": "o", "duo": "d", "assigned": "as", "whole": "sa", "current": "s", "desk": "a"}


def right(table, record_name, verb, kind, person, record, world):
    """Whether the matrix gives this person this verb on this record, and by which columns."""
    me, cohort = person["id"], record.get("cohort")
    in_duo = me in record.get("duo", [])
    # A profile is there for the committee even where it is of their own duo.
    conflict = in_duo and not record_name.startswith("profile") or me in record.get("conflicts", [])
    # What is open to all is open to whoever signs in as well.
    open_columns = [("public", "osad")]
    reaches = REACH.get(kind, "osad")
    for membership in person["memberships"]:
        covers = membership["cohort"] is None or cohort is None or membership["cohort"] == cohort
        if covers:
            open_columns += [(column, "osad") for column in columns_of(table, record_name, membership["role"])]
    if me in record.get("people", []):
        open_columns.append(("applicant", "o"))
    if cohort in person["former"]:
        open_columns.append(("alumni", "od"))
    given = set()
    for column, reach in open_columns:
        if conflict and column in COMMITTEE:
            continue
        for bound, verbs, words in rules(table[record_name][column]):
            bound = {"sp": "s", "p": "s", "c": "a" if "both share" in words else "s"}.get(bound, bound)
            if bound not in reach or bound not in reaches:
                continue
            stands = {
                "o": me in record.get("people", []),
                "d": in_duo,
                "a": record.get("liaison") == me,
                "s": True,
            }[bound]
            if verb == "D" and "own:D" in words and record.get("author") != me:
                continue
            has = verb in verbs or (verb == "m" and "R" in verbs)
            if "until submit" in words and verb == "W" and record.get("is_submitted"):
                continue
            if stands and has and holds(words, person, record, world):
                given.add(column)
    return given


def may_at_all(table, record_name, verb, kind, person, world):
    """For pages without a record in their address: whether any role gives it anywhere."""
    for membership in person["memberships"]:
        if kind == "current" and membership["role"] != "mentee" and membership["cohort"] not in (None, world["current"]):
            continue
        for column in columns_of(table, record_name, membership["role"]):
            for bound, verbs, words in rules(table[record_name][column]):
                bound = {"sp": "s", "p": "s", "c": "s"}.get(bound, bound)
                has = verb in verbs or (verb == "m" and "R" in verbs)
                mine = {"sender": person["id"], "receiver": person["id"], "submitted": True}
                if has and bound in REACH.get(kind, "osad") and holds(words, person, mine, world):
                    return True
    return bool(person["former"]) and kind == "duo" and verb in "RE"


# Doors whose ids name things that this world has none of, or that stand open for a moment;
# the letter of a task is the liaison's to send, whoever has the task.
LOOSE = r"/photo$|/tasks/\{task\}/letter|/(overrides|tokens|corrections|members)/\{id\}|POST .*/opening|errors.csv"


def judge(table, door, person, record, world):
    for pattern, record_name, verb, *kind in DOORS:
        if re.fullmatch(pattern, door):
            break
    else:
        sys.exit(f"no expectation for the door {door}: say in oracle.py what it opens")
    # A published page is judged as for a stranger, whoever asks.
    if kind == ["published"] and lacks(person, door, verb):
        return "shut"
    if kind == ["published"]:
        stranger = {"id": None, "memberships": [], "former": []}
        is_there = not record.get("gone") and right(table, record_name, verb, "published", stranger, record, world)
        return "open" if is_there else "gone"
    if record is not None and "readers" in record:
        if person["id"] is None:
            return "sign-in"
        return "shut" if lacks(person, door, verb) else "open" if person["id"] in record["readers"] else "gone"
    if record_name is None:
        if record is not None and door.endswith(record.get("opens", "-")):
            return "open"
        # A link of one purpose opens nothing else; that of the set-up is none of these.
        if record is not None and record.get("is_elsewhere") and "/set-up/" not in door:
            return "shut"
        if verb == "public":
            return "any"
        if verb == "token":
            return "open" if person["bears"] == door else "token"
        if lacks(person, door, verb):
            return "shut"
        return "any" if person["id"] else "sign-in"
    if person["id"] is None:
        return "sign-in"
    if lacks(person, door, verb):
        return "shut"
    if kind == ["of the office"] and any(COLUMN[it["role"]] == "chair" for it in person["memberships"]):
        return "any"
    if record is not None and record.get("gone"):
        return "gone"
    committee = door.split(" ")[1].startswith("/cohorts/")
    # The committee reads what was given, and finds it in its own cohort.
    if record is not None and committee and (record.get("unsubmitted") or record.get("elsewhere")):
        return "gone"
    # Nobody hears of a pair before it is sent.
    if record is not None and not committee and record.get("unsent"):
        return "gone"
    if door.endswith("/sealed") and not record.get("sealed"):
        return "gone"
    kind = kind[0]
    # Past the glass come the two who broke it, for an hour.
    if kind == "behind glass":
        return "open" if person["id"] in record.get("opened_to", []) else "gone"
    loose = kind == "mine" or record is not None and record.get("unsubmitted") or re.search(LOOSE, door)
    if loose and allowed(table, door, record_name, verb, kind, person, record, world):
        return "any"
    return "open" if allowed(table, door, record_name, verb, kind, person, record, world) else "gone"


# What opens to a sign-in with a password alone, where the role needs more.
WITHOUT_SECOND_FACTOR = r"\w+ /(sign-in.*|second-factor.*|sign-out)"
# Exports, roles, letters to many and the breaking of the glass ask again who one is; so
# does what changes the way in.
ASKS_AGAIN = [
    r"POST /cohorts/\{cohort\}/(opening|closing)", r"POST /cohorts/\{cohort\}/review/decisions", r"POST /roster/members.csv", r"POST /tokens",
    r"GET /roster/imports/\{id\}/(difference|errors).csv", r"GET /duos/\{duo\}/export/.*",
    r"GET (/reports/\{report\}|/cohorts/\{cohort\}/reports/\{kind\})/report\..*",
    r"POST /committee/(members.*|hand-over)", r"POST /alumni/letter", r"POST /cohorts/\{cohort\}/matching/(letters|imports/\{import\}/(application|undoing))",
    r"POST /cohorts/\{cohort\}/(applications|liaisons).csv", r"POST /cohorts/\{cohort\}/liaisons(/hand-over)?", r"POST /cohorts/\{cohort\}/applications/\{id\}/sealed", r"POST /desk/duos/\{duo\}/opening.*",
    r"POST /accounts/\{id\}/(second-factor/end|closing)",
    r"POST /me/(download|erase|address)",
]


def lacks(person, door, verb):
    """Whether the sign-in does not do for this door, whatever the person may."""
    if person["lacks"] == "second factor":
        return verb != "public" and not re.fullmatch(WITHOUT_SECOND_FACTOR, door)
    return person["lacks"] == "proof" and any(re.fullmatch(it, door) for it in ASKS_AGAIN)


def allowed(table, door, record_name, verb, kind, person, record, world):
    narrower = NARROWER.get((record_name, kind), NARROWER.get((record_name, verb)))
    if record is None:
        roles = {COLUMN[it["role"]] for it in person["memberships"]}
        if narrower and not roles & narrower:
            return False
        return may_at_all(table, record_name, verb, kind, person, world)
    record = dict(record)
    record_name = record.get("is", record_name)
    if record_name == "private_note":
        kind = "own"
    if kind == "sent":
        record["receiver"] = None
    if kind == "received":
        record["sender"] = None
    if kind == "whole":
        record["people"] = []
    if kind == "new":
        record["people"], record["sender"], record["receiver"] = [person["id"]], person["id"], None
    # A file with an answer is there for whom its question names, besides the matrix: the partner.
    if person["id"] in record.get("also", []):
        return True
    columns = right(table, record_name, verb, kind, person, record, world)
    if "only" in record:
        columns &= set(record["only"])
    if narrower is not None:
        columns &= narrower
    return bool(columns)


def may_read(table, word, person, world):
    """Whether somebody may read the record in which a planted word stands."""
    if person["id"] is None:
        return False
    if "readers" in word:
        return person["id"] in word["readers"]
    # What somebody wrote is theirs to read, and whom it was written to reads it.
    if word.get("by") == person["id"]:
        return True
    for it in person["memberships"]:
        if COLUMN[it["role"]] in word.get("told_to", []) and it["cohort"] in (None, word["cohort"]):
            return True
    columns = right(table, word["is"], "R", "any", person, word, world)
    return bool(columns & set(word["only"]) if "only" in word else columns)


def main():
    world = json.load(sys.stdin)
    table = cells()
    answers = []
    for door, person, record in world["cells"]:
        record = None if record is None else world["records"][record]
        answers.append(judge(table, world["doors"][door], world["people"][person], record, world))
    words = [[may_read(table, word, it, world) for it in world["people"]] for word in world["words"]]
    json.dump({"cells": answers, "words": words}, sys.stdout)


main()
