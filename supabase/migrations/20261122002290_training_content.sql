-- The first training content: the starter certification, four modules of two lessons and a quiz each. A first version to be
-- edited in Studio; a module is changed there, not here.

insert into public.training_tracks (track, title, summary, valid_months) values
(
    'core', 'Starter certification',
    'Four short modules and their quizzes. The certificate is part of what moves you from Starter to Active.', 24
);

insert into public.training_modules (slug, title, channel, summary, position, track) values
(
    'how-the-partnership-works', 'How the partnership works', 'getting_started',
    'What SISO does, what you do, how a deal becomes money on your account, and how tiers work.', 10, 'core'
),
(
    'finding-and-qualifying-clients', 'Finding and qualifying clients', 'sales_fundamentals',
    'Where good clients come from, what to ask in the first talk, and when to walk away.', 10, 'core'
),
(
    'what-a-web-project-is', 'What a web project is', 'product_knowledge',
    'The parts of a website or web app, what drives price and time, and what to leave to the project team.', 10,
    'core'
),
(
    'from-proposal-to-win', 'From proposal to win', 'certifications',
    'Handling objections, promising only what is true, following up, and claiming a win properly.', 10, 'core'
);

create function pg_temp.add_lesson(module_slug text, place integer, lesson_title text, lesson_body text) returns void
language sql as $$
    insert into public.lessons (module_id, position, kind, title, body, duration_seconds)
    select id, place, 'text', lesson_title, btrim(lesson_body, E'\n'), 240 from public.training_modules where slug = module_slug;
$$;

create function pg_temp.add_quiz(module_slug text, quiz_title text) returns void
language sql as $$
    with lesson as (
        insert into public.lessons (module_id, position, kind, title, body)
        select id, 30, 'quiz', quiz_title, 'Five questions. You need four of them right; the quiz has to be taken online.'
        from public.training_modules where slug = module_slug
        returning id
    )

    insert into public.quizzes (lesson_id, title, questions_drawn, pass_percentage, max_attempts_per_day, time_limit_seconds)
    select id, quiz_title, 5, 80, 3, 600 from lesson;
$$;

create function pg_temp.add_question(module_slug text, wording text, right_one text, wrong_ones text[], why text) returns void
language plpgsql as $$
declare
    asked uuid;
    answer uuid;
begin
    insert into public.quiz_questions (quiz_id, position, question)
    select quiz.id, (select 10 + 10 * count(*) from public.quiz_questions as other where other.quiz_id = quiz.id), wording
    from public.quizzes as quiz
    join public.lessons as lesson on lesson.id = quiz.lesson_id
    join public.training_modules as module on module.id = lesson.module_id
    where module.slug = module_slug
    returning id into strict asked;
    insert into public.quiz_options (question_id, label) values (asked, right_one) returning id into answer;
    insert into private.quiz_answer_keys (question_id, option_id) values (asked, answer);
    insert into public.quiz_options (question_id, label) select asked, label from unnest(wrong_ones) as label;
    insert into private.quiz_explanations (question_id, explanation) values (asked, why);
end;
$$;

-- ---------------------------------------------------------------------------------------------------------------------
select pg_temp.add_lesson('how-the-partnership-works', 10, 'Your part and ours', $md$
SISO designs and builds websites and web applications for businesses. You bring clients; the project team builds.

**Your part**

- Find businesses that need a better website or a web application.
- Understand what they want to achieve, and keep the lead up to date in your pipeline.
- Introduce the project, follow up, and stay a friendly contact.

**Our part**

- Work out scope and price with the client, write the contract, build, invoice and support.
- Verify the deals that you claim, pay your commission, and show how every amount came about.

You are an independent partner. You do not sign contracts for SISO, you do not set prices, and you take no money from clients.
Joining is free and nobody is paid for recruiting: money comes from client projects only.
$md$);
select pg_temp.add_lesson('how-the-partnership-works', 20, 'From a won deal to your balance', $md$
1. **You claim the win.** The rate of your tier at the moment the server receives the claim is frozen for this deal, also for
   later instalments. The amount you see now is an estimate.
2. **The deal is verified**, by staff or by the client's first cleared payment.
3. **The client pays.** Each payment makes a commission line for its own part. A project paid in two halves pays you in two parts.
4. **The clearing period runs**: it covers refunds and disputes. Its length depends on your tier; the date is on the line.
5. **The line joins your balance** and can be paid out once the balance reaches the smallest payout of your currency.

If a client gets money back, the commission for that money is taken back too. Open any line and choose *Why this amount?* to see
its whole calculation.

**Tiers.** Only qualified deals count: won, verified, and not fully refunded. The tier page lists what the next tier asks for:
deals, training and time. A higher rate applies to deals won after the promotion.
$md$);
select pg_temp.add_quiz('how-the-partnership-works', 'Quiz: How the partnership works');
select pg_temp.add_question('how-the-partnership-works',
    'Which rate does a deal get when you are promoted a week after the win was claimed?',
    'The rate of the tier you had when the server received the claim',
    array['The new rate, because it is higher', 'The new rate for instalments after the promotion', 'The average of both rates'],
    'The rate is frozen when the claim arrives, for every instalment of the deal.');
select pg_temp.add_question('how-the-partnership-works',
    'A client pays half of the project now and half at launch. When do commission lines arise?',
    'One for each payment, when that payment has cleared',
    array['One for the whole project when the contract is signed', 'One for the whole project at launch', 'One a month until launch'],
    'Commission follows the money that the client has paid.');
select pg_temp.add_question('how-the-partnership-works',
    'What is the clearing period for?',
    'It covers refunds and disputes before the money reaches your balance',
    array['It gives staff time to change the rate', 'It is the time the project takes', 'It lets you cancel the deal'],
    'It ends by itself on the date printed on the line.');
select pg_temp.add_question('how-the-partnership-works',
    'Which deals count towards the next tier?',
    'Won, verified and not fully refunded ones',
    array['All leads that you have entered', 'All wins that you have claimed', 'Only deals above a certain value'],
    'Those are qualified deals; a claim that is not verified yet shows as provisional.');
select pg_temp.add_question('how-the-partnership-works',
    'A client wants to pay you in cash and asks you to pass it on. What do you do?',
    'Decline, and let SISO send the invoice',
    array['Take it and write a receipt', 'Take it and enter it as a payment', 'Take a deposit only'],
    'Partners never take money from clients.');

-- ---------------------------------------------------------------------------------------------------------------------
select pg_temp.add_lesson('finding-and-qualifying-clients', 10, 'Where good clients come from', $md$
The best first clients are people who know you or know somebody who does.

- **Your own circle.** Shops, clubs, craftspeople and offices that you already deal with. Look at their website on your phone
  first: is it slow, out of date, hard to use, without a way to book or buy?
- **Referrals.** After a good talk ask: "Who else do you know who struggles with this?"
- **Local presence.** Business meet-ups, trade associations, co-working spaces.
- **Online.** Share useful examples with your referral link, and say that you are a partner and earn a commission.

Follow the law of your country for calls, e-mails and messages. Never buy address lists, never send bulk mail, and stop at once when
somebody says no. One careful message that names a real problem beats a hundred copied ones.

Enter each lead as soon as you have spoken. Write down what they said in their own words, and always set a next step with a date.
$md$);
select pg_temp.add_lesson('finding-and-qualifying-clients', 20, 'Questions that qualify', $md$
A lead is *qualified* when four things are clear:

1. **Problem.** "What should the new site do that today's does not?" Look for a business reason: enquiries, bookings, time saved.
2. **Decision.** "Who besides you decides?" Get that person into the next talk.
3. **Budget.** "Have you set a range aside?" You need no exact figure, only whether a real project is possible.
4. **Time.** "Is there a date that matters?" A season, a trade fair, the end of a contract.

Listen more than you speak, and repeat what you heard: "So the main thing is that customers can book at night. Right?"

**When to walk away.** No problem worth solving, nobody who decides, no budget, or something illegal or deceptive. Mark the lead as
lost with the reason; it keeps your pipeline honest and teaches you something. A no today may be a yes next year.
$md$);
select pg_temp.add_quiz('finding-and-qualifying-clients', 'Quiz: Finding and qualifying clients');
select pg_temp.add_question('finding-and-qualifying-clients',
    'Which four things make a lead qualified?',
    'Problem, decision, budget and time are clear',
    array['Name, phone, e-mail and address are entered', 'They like the design, the price, the team and you', 'You have met four times'],
    'Contact data alone say nothing about whether a project is possible.');
select pg_temp.add_question('finding-and-qualifying-clients',
    'What is a good first message to a business owner?',
    'One that names a real problem of their website and offers a short talk',
    array['A text sent to everybody on a bought list', 'A price list', 'A message that claims you have worked with their competitor'],
    'Careful and true messages get answers; bulk mail breaks rules and trust.');
select pg_temp.add_question('finding-and-qualifying-clients',
    'The person you talk to is keen, but the owner decides. What is the best next step?',
    'Bring the owner into the next talk',
    array['Claim the win', 'Wait until the owner calls', 'Ask for a discount to convince the owner'],
    'Who decides must hear the reasons first-hand.');
select pg_temp.add_question('finding-and-qualifying-clients',
    'You share your referral link online. What belongs beside it?',
    'That you are a partner and earn a commission',
    array['What you earned last month', 'A promise of first place in search results', 'Nothing, a link speaks for itself'],
    'People have a right to know of your interest.');
select pg_temp.add_question('finding-and-qualifying-clients',
    'A lead has no budget this year. What do you do with it?',
    'Mark it as lost with the reason, and note when to ask again',
    array['Leave it in Proposal sent', 'Delete it so that the numbers look better', 'Claim it at a lower value'],
    'An honest pipeline shows you where to spend your time.');

-- ---------------------------------------------------------------------------------------------------------------------
select pg_temp.add_lesson('what-a-web-project-is', 10, 'The parts of a web project', $md$
You need not write code, but you should be able to explain what a client buys.

- **Strategy and content.** Who visits, what they should do, which texts and pictures are needed. Content is the most common delay.
- **Design.** Layout, colours, type, for phones first. Good design also means that people with disabilities can use the site.
- **Development.** Pages, forms, shop, booking, member area, links to other systems.
- **Domain and hosting.** The address and the place where the site runs. The client should own the domain.
- **Launch and care.** Tests, moving over, updates, backups, small changes.

**Website, shop or web application?** A website presents. A shop sells: products, payment, delivery. A web application does work:
booking, portals, calculators, internal tools. Effort rises in this order.
$md$);
select pg_temp.add_lesson('what-a-web-project-is', 20, 'What drives price and time', $md$
**Up:** many different page types, several languages, a shop with special rules, log-ins and roles, links to old systems, moving much
content, late changes of mind, tight dates.

**Down:** clear goals, ready content, one person who decides, standard functions, a first version that is extended later.

What to say when they ask for a price at once: "That depends on three or four things. Tell me what it should do, and you will get an
offer with a fixed scope from the project team." Do not guess a figure; a guess becomes a promise.

Some things nobody can promise: first place in search results, a certain number of customers, a date before the scope is known.
Fast loading, clean structure and useful content help with search; that much you can say.

Note wishes and limits in the lead, so that the project team need not ask twice.
$md$);
select pg_temp.add_quiz('what-a-web-project-is', 'Quiz: What a web project is');
select pg_temp.add_question('what-a-web-project-is',
    'Which is the most common cause of delay in a web project?',
    'Missing texts and pictures',
    array['Slow computers', 'The choice of colours', 'The domain name'],
    'Ask early who will provide content and by when.');
select pg_temp.add_question('what-a-web-project-is',
    'A client wants customers to log in, see their orders and reorder. What is this?',
    'A web application with log-ins, so more effort than a website',
    array['An ordinary website', 'A matter of hosting', 'A design question only'],
    'Things that do work and know who is using them need more effort than pages.');
select pg_temp.add_question('what-a-web-project-is',
    'A client asks: "What does a website cost?" What do you answer?',
    'Ask what it should do, and have the project team make an offer with a fixed scope',
    array['Name the lowest figure you have heard', 'Name a high figure to have room for discounts', 'Say that price does not matter'],
    'A guess becomes a promise.');
select pg_temp.add_question('what-a-web-project-is',
    'Who should own the client''s domain name?',
    'The client',
    array['You', 'SISO', 'The hosting company'],
    'The address is part of the client''s business.');
select pg_temp.add_question('what-a-web-project-is',
    'Which statement about search engines may you make?',
    'Fast pages, clean structure and useful content help to be found',
    array['We guarantee first place', 'You will be on the first page within a month', 'A new design brings twice the visitors'],
    'Nobody can promise rankings or numbers of visitors.');

-- ---------------------------------------------------------------------------------------------------------------------
select pg_temp.add_lesson('from-proposal-to-win', 10, 'Objections and honest promises', $md$
An objection is a question in disguise. Four steps: **listen** to the end, **ask** what is behind it, **answer** that, **check**
whether it is settled.

- *"Too expensive."* Compared with what? Talk about what the problem costs today. A smaller first version may fit.
- *"My nephew can do it."* Fine for a start. Who keeps it running and safe in two years?
- *"We had a bad experience."* What happened? Say how it works here: fixed scope, regular previews, one contact.
- *"I have to think about it."* Of course. What exactly is open? Agree on a day to talk again.

**What you never do:** promise results, invent references or deadlines, speak ill of competitors, hide that you earn a commission, or
talk about your income to win partners. If you do not know, say: "I will find out", and then do.
$md$);
select pg_temp.add_lesson('from-proposal-to-win', 20, 'Following up and claiming the win', $md$
Send the proposal while you are talking, not into silence: go through it together and agree on the next date before you part.
Follow up on that date, with something useful each time. After three unanswered tries write one friendly last message and close the
lead as lost; it can come back.

**Claim a win when the client has agreed in writing**, not on a good feeling. Enter the agreed value without tax. Your claim is checked
against the contract: if the figure differs, the contract counts.

- A claim cannot be undone by moving the card back. If it was a mistake, tell support at once.
- Deals with your own company or household do not count.
- A claim that waits for a connection counts from the moment it reaches the server.

After the win stay in touch: introduce the project contact, ask how it goes, and at launch ask who else might need help.
$md$);
select pg_temp.add_quiz('from-proposal-to-win', 'Quiz: From proposal to win');
select pg_temp.add_question('from-proposal-to-win',
    'A client says: "Too expensive." What do you do first?',
    'Ask what they compare it with',
    array['Offer a discount', 'Explain that quality has its price', 'Close the lead as lost'],
    'Find out what is behind an objection before you answer it.');
select pg_temp.add_question('from-proposal-to-win',
    'When do you claim a win?',
    'When the client has agreed in writing',
    array['When the talk went well', 'When the proposal is sent', 'When the project is live'],
    'A claim is checked against the contract.');
select pg_temp.add_question('from-proposal-to-win',
    'You claimed 3,000, the contract says 2,600. What counts?',
    '2,600, the value of the contract',
    array['3,000, the claimed value', 'The mean of both', 'Whatever you and the client agree later'],
    'Claims are estimates until they are verified.');
select pg_temp.add_question('from-proposal-to-win',
    'A client asks for something you are not sure about. What do you say?',
    '"I will find out", and then do',
    array['"Yes, that is no problem"', '"No, that is impossible"', '"The others cannot do that either"'],
    'A wrong yes costs the client''s trust and yours.');
select pg_temp.add_question('from-proposal-to-win',
    'Which deal does not count?',
    'A website for your own company',
    array['A website for a friend''s bakery', 'A second project of a former client', 'A deal paid in two instalments'],
    'Deals with yourself or your household are excluded.');

-- Everything above must be publishable: a mistake stops the migration here.
do $$
declare
    problem text;
begin
    select module.slug || ': ' || issue into problem
    from public.training_modules as module
    cross join lateral private.module_problems(module.id) as issue
    limit 1;
    if problem is not null then
        raise exception 'training content: %', problem;
    end if;
end;
$$;

update public.training_modules set published_at = private.now() where track = 'core';
