meeting-ask-how = How would you like to go on with { $adviser }?
meeting-ask-how-example = Tap a button: an appointment, a call or a message.
meeting-ask-how-simple = “Later” is a good answer too.
meeting-way-appointment = An appointment
meeting-way-call = Call me
meeting-way-write = Write to me
meeting-way-later = Later

meeting-ask-phone = All right. What is your number? Only { $adviser } uses it, to reach you.
meeting-ask-phone-example = I did not recognise the number. Write it like this: 06 39 98 00 00.
meeting-ask-phone-simple = Ten digits are enough. Or tap “Skip”.
meeting-ask-town = And where do you live? A postcode is enough, to find the nearest place.
meeting-ask-town-example = Write for example “59510”.
meeting-ask-town-simple = Or tap “Skip”.
meeting-ask-name = And what may we call you? A nickname is enough: { $adviser } will know who to talk to.
meeting-ask-name-example = Write a first name or a nickname.
meeting-ask-name-simple = Or tap “Skip”.
meeting-ask-channel = May I write to you here for a reminder? Here, messages go through another company.
meeting-ask-channel-example = Answer “yes” or “no”.
meeting-ask-channel-simple = Tap a button.

meeting-elsewhere = Another Mission Locale is nearer to you. { $adviser } helps you reach it, and writes to you here { $answer_by }. All addresses: https://www.unml.info
meeting-end-appointment = It is asked. { $adviser } offers you an appointment { $answer_by }.
meeting-end-call = It is asked. { $adviser } calls you { $answer_by }.
meeting-end-write = It is asked. { $adviser } writes to you here { $answer_by }.
meeting-end-later = All right. Write here whenever you like, the door stays open.
