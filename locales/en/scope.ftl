scope-person = At any time, ask { $adviser } for an appointment or a call: answer { $answer_by }.

scope-ask-age = How old are you? It changes what we can offer you.
scope-ask-age-example = I did not understand. Just write a number, like “19”.
scope-ask-age-simple = Tap your age. Or tap “Skip”.
scope-ask-age-again = And how old are you?
scope-ask-age-again-example = I did not understand. Just write a number, like “19”.
scope-ask-age-again-simple = Tap your age. Or tap “Skip”.
scope-age-under-15 = Under 15
scope-age-15 = 15
scope-age-16-17 = 16 or 17
scope-age-18-25 = 18 to 25
scope-age-26-29 = 26 to 29
scope-age-over-29 = 30 or more
scope-age-silent = All right, you can keep that to yourself.
scope-noted = “{ $words }”: noted.
scope-minor-notice = One important thing: if you are in danger, a person is told. If you are under 18, we may have to tell a child protection service.

scope-ask-recognised = Until 29, we can help people with an “RQTH”. It means your disability counts at work. Do you have one?
scope-ask-recognised-example = Answer “yes” or “no”.
scope-ask-recognised-simple = Tap a button. You can skip.
scope-recognised = Thank you. Then we can help you until 29.

scope-too-young = The Mission Locale helps from the age of 16. Before, there is the CIO: they talk about school and jobs, it is free. Your school has the address. In danger, call 119, day and night.
scope-too-old = The Mission Locale helps until the age of 25. After that, it is France Travail, on 39 49.
scope-maybe-too-old = The Mission Locale helps until 25, sometimes longer. A person can check with you. If not, it is France Travail, on 39 49.
scope-ask-elsewhere = Would you like { $adviser } to help you reach them?
scope-ask-elsewhere-example = Answer “yes” or “no”.
scope-ask-elsewhere-simple = Tap a button.
scope-accompanied = Noted. { $adviser } writes to you here { $answer_by }.
scope-farewell = All right. Good luck, and come back here whenever you like.
