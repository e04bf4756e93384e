meeting-ask-how = Comment tu veux continuer avec { $adviser } ?
meeting-ask-how-example = Touche un bouton : un rendez-vous, un appel ou un message.
meeting-ask-how-simple = « Plus tard » est aussi une bonne réponse.
meeting-way-appointment = Un rendez-vous
meeting-way-call = On m'appelle
meeting-way-write = On m'écrit
meeting-way-later = Plus tard

meeting-ask-phone = D'accord. Quel est ton numéro ? Il sert seulement à { $adviser }, pour te joindre.
meeting-ask-phone-example = Je n'ai pas reconnu le numéro. Écris-le ainsi : 06 39 98 00 00.
meeting-ask-phone-simple = Dix chiffres suffisent. Ou touche « Passer ».
meeting-ask-town = Et tu habites où ? Un code postal suffit, pour trouver le lieu le plus proche.
meeting-ask-town-example = Écris par exemple « 59510 ».
meeting-ask-town-simple = Ou touche « Passer ».
meeting-ask-name = Et comment on peut t'appeler ? Un surnom suffit : { $adviser } saura à qui parler.
meeting-ask-name-example = Écris un prénom ou un surnom.
meeting-ask-name-simple = Ou touche « Passer ».

meeting-ask-channel = Je peux t'écrire ici pour un rappel ? Ici, les messages passent par une autre entreprise.
meeting-ask-channel-example = Réponds par « oui » ou « non ».
meeting-ask-channel-simple = Touche un bouton.

meeting-elsewhere = Une autre Mission Locale est plus près de chez toi. { $adviser } t'aide à la joindre, et t'écrit ici { $answer_by }. Toutes les adresses : https://www.unml.info
meeting-end-appointment = C'est demandé. { $adviser } te propose un rendez-vous { $answer_by }.
meeting-end-call = C'est demandé. { $adviser } t'appelle { $answer_by }.
meeting-end-write = C'est demandé. { $adviser } t'écrit ici { $answer_by }.
meeting-end-later = D'accord. Écris ici quand tu veux, la porte reste ouverte.
