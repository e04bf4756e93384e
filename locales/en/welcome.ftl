welcome-hello = Hi! This is { $agency }. I am a robot, it is free. { $adviser } reads our messages and answers you { $answer_by }. Your rights: { $link }
