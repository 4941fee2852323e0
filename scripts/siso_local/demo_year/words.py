"""What people write in the demo year, and the things that staff put up. Plain, and nobody's."""

from __future__ import annotations

# day, channel, author, text, answers (author, text), who likes it
HELP = (
    (96, "ask-for-help", "Leader 02", "A client wants a fixed price before they say what the site should do. What do you answer?",
     (("Elite 01", "I ask for the three things that must work on the first day. The rest gets its own offer."),
      ("Leader 01", "And I tell them that a guess becomes a promise.")), ("Performer 01", "Active 01")),
    (150, "ask-for-help", "Active 03", "How do you follow up without being a nuisance?",
     (("Performer 01", "Each time with something useful: a short idea, an example, a date."),), ("Elite 02",)),
    (205, "ask-for-help", "Active 06", "Which documents does support need to verify a deal?",
     (("Elite 01", "The signed offer, or the e-mail in which the client agrees. A photo of it is enough."),), ("Active 07",)),
    (262, "ask-for-help", "Starter 05", "My first client asks whether they own the domain.",
     (("Active 02", "Yes, always in their own name."), ("Leader 02", "It is in the training, second module.")), ("Starter 04",)),
    (301, "ask-for-help", "Starter 08", "Is it normal that a commission is still clearing after three weeks?",
     (("Active 05", "Thirty days on our tiers. The date is on the line."),), ("Starter 09",)),
    (338, "ask-for-help", "Starter 10", "Do I need my own website to start?",
     (("Performer 02", "No. A list of ten people who trust you is worth more."),), ("Starter 11",)),
    (357, "ask-for-help", "Starter 12", "Where do I see how many deals are missing for the next tier?",
     (("Leader 01", "Profile, then Tier progress. Every requirement is listed there."),), ("Starter 13",)),
    (362, "ask-for-help", "Active 08", "Has anybody sold a member area to a sports club?",
     (("Elite 02", "Twice. The key was the booking of courts; ask how they do it today."),
      ("Performer 03", "Ask for the committee meeting, too. One person alone never decides there.")), ("Active 06", "Leader 01")),
)  # fmt: skip
CHAT = (
    (130, "general-chat", "Elite 01", "Good morning from a rainy place. Who is at the office hours today?", ("Leader 01",)),
    (188, "general-chat", "Performer 01", "Tip: I write down the client's own words in the lead. They become the proposal.", ("Elite 01", "Active 01")),
    (232, "general-chat", "Active 01", "First deal with a partner from the directory: they knew the client, I knew the web.", ("Elite 02",)),
    (270, "training-tips", "Starter 05", "The quiz about prices is easier when you read the second lesson twice.", ("Starter 06",)),
    (296, "general-chat", "Active 02", "I have set my quiet hours. Recommended.", ("Active 04", "Active 05")),
    (315, "training-tips", "Starter 09", "Four modules in one week, one at a time with coffee. Works.", ("Active 06",)),
    (327, "general-chat", "Elite 02", "Three clients asked for the same booking example this week. It is in the resources now.", ("Performer 01", "Leader 02")),
    (341, "active-lounge", "Active 03", "Who joins the office hours on pricing?", ("Active 05",)),
    (344, "performer-lounge", "Leader 01", "Calls with the team every second week made the difference for us.", ("Performer 01", "Elite 01")),
    (356, "elite-lounge", "Elite 01", "I will propose a webinar on booking systems. Who joins?", ("Elite 02",)),
    (353, "general-chat", "Performer 03", "Reached ten deals. Thank you for all the answers here.", ("Elite 01", "Elite 02", "Leader 01", "Active 01")),
    (359, "general-chat", "Starter 11", "Hello everybody, I joined a month ago and logged my first leads.", ("Leader 02", "Active 02")),
    (363, "general-chat", "Active 05", "Two proposals out this week. Fingers crossed.", ("Active 01",)),
    (364, "general-chat", "Leader 01", "Have a good week. Office hours are on the events page.", ("Elite 01",)),
)  # fmt: skip
# day, author, text: to the team that they lead or belong to
TEAM = (
    (195, "Leader 01", "Welcome to the team. Tell us what you sell today and whom you know."),
    (197, "Active 06", "Thanks. I know most shops in the old town."),
    (240, "Leader 01", "Next call on Thursday. Bring one lead each."),
    (265, "Leader 02", "Welcome, all three of you. Do the certification first, it pays off."),
    (300, "Active 07", "Client signed after the second talk. The example of the booking page helped."),
    (330, "Leader 02", "Please note the next step in every lead, with a date."),
    (355, "Starter 04", "One more deal to go for Active."),
    (361, "Leader 01", "You have two proposals out. Which of them can we help with?"),
)
# day, from, to, text
DIRECT = (
    (310, "Leader 01", "Starter 04", "Shall we go through your proposal together?"),
    (310, "Starter 04", "Leader 01", "Yes please, tomorrow at ten?"),
    (311, "Leader 01", "Starter 04", "Ten is good. Send me the lead before."),
    (352, "Performer 01", "Elite 01", "Can I use your booking example for a hotel?"),
    (353, "Elite 01", "Performer 01", "Of course. Change the pictures, keep the flow."),
    (364, "Performer 01", "Elite 01", "They liked it. Thank you."),
)
NEWS = (
    (30, "Welcome to the partner programme. Questions go to #ask-for-help or to support."),
    (121, "Statements are now on the earnings page, one for each month."),
    (213, "New in training: shorter lessons. Certificates that you hold stay valid."),
    (304, "Office hours move to the afternoon. See the events page."),
    (358, "Planned maintenance on Sunday from 02:00 to 03:00 UTC. The app works offline meanwhile."),
)
# day, who, subject, category, description, priority, answer, solved
TICKETS = (
    (52, "Elite 01", "Wrong country in my profile", "account", "I moved, how do I change the country of my account?", "low",
     "We have changed it. Please check your time zone as well.", True),
    (112, "Performer 01", "Client paid twice", "money", "My client says they paid the first instalment twice by mistake.", "high",
     "The second payment was sent back, your commission is for one.", True),
    (166, "Active 03", "Quiz does not open", "training", "The quiz of the second module says that lessons are missing.", "medium",
     "One lesson was not marked as complete. It opens now.", True),
    (231, "Leader 01", "Member in the wrong team", "account", "A new partner followed my link but is in no team.", "medium",
     "They joined before they followed your link; we have asked them to accept the invitation.", True),
    (289, "Starter 06", "Where is my certificate", "training", "I passed all four modules yesterday and see no certificate.", "low",
     "It is under Training, Certificates. You can open it there.", True),
    (334, "Active 01", "Payout to a new bank account", "money", "How long do payouts wait after a change of the bank?", "medium",
     "72 hours, so that nobody else can redirect your money.", True),
    (361, "Performer 01", "Proposal template in German", "other", "Is there a German version of the proposal template?", "low",
     "It is being translated. Which parts do you need first?", False),
    (364, "Starter 04", "Deal not verified yet", "leads", "The client has agreed by e-mail. What else do you need?", "medium",
     "Please add the e-mail to the deal, a screenshot is enough.", False),
)  # fmt: skip
ASSETS = (
    ("Basic deck", "brochures", "starter", "What SISO builds, on ten pages, for a first talk."),
    ("Case study: a booking system", "case_studies", "starter", "Before, after, and what it took."),
    ("FAQ sheet", "brochures", "starter", "The twelve questions that every client asks."),
    ("First e-mail to a business", "email_templates", "starter", "Short, true, and with one question at the end."),
    ("Industry deck: hotels", "brochures", "active", "Booking, languages, pictures: what hotels need."),
    ("ROI calculator, explained", "brochures", "active", "How to work out what a better site brings."),
    ("Posts for a launch", "social_posts", "active", "Five posts that a client can use as they are."),
    ("Proposal template", "proposals", "performer", "Scope, price, dates, on three pages."),
    ("What others offer", "competitive", "performer", "Kinds of competitors and how to talk about them."),
    ("Co-marketing guide", "brand", "elite", "How we plan a webinar or a press note together."),
)
EVENT_HOURS = 1
CHALLENGES = (
    # title, metric, goal, first day, last day, who joins
    ("Spring sprint: three deals", "qualified_deals", 3, 100, 160, ("Elite 01", "Elite 02", "Leader 01", "Performer 01")),
    ("Ten leads in a month", "leads_logged", 10, 270, 300, ("Active 01", "Active 06", "Active 07", "Starter 05")),
    ("Autumn deals", "qualified_deals", 2, 335, 380, ("Elite 01", "Elite 02", "Performer 01", "Active 01", "Active 08")),
    ("Fresh leads", "leads_logged", 5, 352, 372, ("Starter 04", "Starter 11", "Active 03", "Active 04", "Performer 01")),
)
TEMPLATES = (
    ("email", "First contact", "Your website", "Dear {contact_name},\n\nI looked at your website on my phone and noticed one thing."
     " May I call you for ten minutes this week?"),
    ("call", "Qualifying call", None, "What should the new site do that today's does not? Who else decides? Is there a date that matters?"),
)  # fmt: skip
