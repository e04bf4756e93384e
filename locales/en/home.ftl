home-wish = “{ $words }”: added. { $adviser } will read it.
home-availability = Noted. { $adviser } will see when you are free.
home-passed-on = { $adviser } will read your message, and answers you { $answer_by }.
home-here = I am here. Write what you like, { $adviser } reads too.
