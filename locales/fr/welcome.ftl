# Premier message, avec la première question : 300 caractères au plus, lien compris.
welcome-hello = Salut ! Je suis un robot, celui de { $agency }. C'est gratuit. { $adviser } lit nos messages et te répond { $answer_by }. Tes droits : { $link }
