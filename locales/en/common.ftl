common-language-fr = Français
common-language-en = English
common-language-ar = العربية

common-button-human = Talk to somebody
common-button-skip = Skip
common-button-yes = Yes
common-button-no = No
common-button-meet = An appointment or a call

common-human = It is asked. { $adviser } answers you here { $answer_by }.
common-help =
    Answer in your own words, or tap a button. You can also write:
    back, skip, later, restart, language, code
    my data, delete me, STOP
    human: to talk to a person
common-who = I am a robot. This is { $agency }. { $adviser } reads our messages and answers you { $answer_by }.
common-later = No worries, take your time. Write whenever you like: we go on from here.
common-no-back = We are at the beginning. You can change everything at the end.
common-no-skip = There is nothing to skip here.
common-restart = We start again. You can change everything at the end.
common-code = Your code: { $code }. Type it on { $link }. It works once, for 15 minutes.
common-ask-language = Which language do you prefer?
common-ask-language-example = Tap a language.
common-ask-language-simple = Tap a language.
common-language-changed = All right, I speak English with you.

common-voice = I am a robot: I cannot listen to your voice message. { $adviser } listens to it and answers you { $answer_by }. In danger, call 112, or text 114.
common-file = Got it. { $adviser } can open it.
common-edited = I saw your correction. It is kept with your message.
common-place = Thank you for the place. A person here will see it.
common-contact = Thank you for the contact. A person here will see it.
common-sticker = Nice! I read words better.
common-unsupported = I cannot read that. Write it in words.

common-nudge = Hi! We can go on whenever you like. No hurry.
common-nudge-again = I leave you in peace after this message. Your place stays here.
common-welcome-back = You are back! We go on where we stopped.
common-returned = It is me again, the robot. We can go on.
common-old-button = This button is too old. Here is the open question.
common-still-stopped = You said STOP: I send nothing any more. To start again, write START.
common-personal-link = Keep this link to come back here: { $link }
common-insulte = It is fine to be fed up. I am still here.
common-merci = You are welcome!
common-salutation = Hi!
common-au-revoir = See you soon!
common-repair-person = I can't manage, sorry. A person here will read your words.
common-failed = I could not read your message, sorry. A person here will see it.
