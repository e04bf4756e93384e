# Premier message, avec la première question : 300 caractères au plus, lien compris.
welcome-hello = Salut ! Ici { $agency }. Je suis un robot, c'est gratuit. { $adviser } lit nos messages et te répond { $answer_by }. Tes droits : { $link }
