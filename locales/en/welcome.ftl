welcome-hello = Hi! I am a robot, from { $agency }. It is free. { $adviser } reads our messages and answers you { $answer_by }. Your rights: { $link }
