# Premier message, avec la première question : 300 caractères au plus, lien compris.
welcome-hello = Salut ! Je suis un robot, celui de { $agency }. C'est gratuit. Des conseillers lisent nos messages. Tes droits : { $link }
