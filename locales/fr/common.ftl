common-language-fr = Français
common-language-en = English
common-language-ar = العربية

common-button-human = Parler à quelqu'un
common-button-skip = Passer
common-button-yes = Oui
common-button-no = Non
common-button-meet = Un rendez-vous ou un appel

common-human = C'est demandé. { $adviser } te répond ici { $answer_by }.
common-help =
    Réponds avec tes mots, ou touche un bouton. Tu peux aussi écrire :
    retour, passer, plus tard, recommencer, langue, code
    mes données, efface-moi, STOP
    quelqu'un : pour parler à une personne
common-who = Je suis un robot. Ici { $agency }. { $adviser } lit nos messages et te répond { $answer_by }.
common-later = Pas de souci, prends ton temps. Écris quand tu veux : on reprend ici.
common-no-back = On est déjà au début. Tu pourras tout changer à la fin.
common-no-skip = Il n'y a rien à passer ici.
common-restart = On recommence du début. Tu pourras tout changer à la fin.
common-code = Ton code : { $code }. Écris-le sur { $link }. Il marche une fois, pendant 15 minutes.
common-ask-language = Quelle langue tu préfères ?
common-ask-language-example = Touche une langue.
common-ask-language-simple = Touche une langue.
common-language-changed = D'accord, je te parle en français.

common-voice = Je suis un robot : je ne peux pas écouter ton vocal. { $adviser } l'écoute et te répond { $answer_by }. En danger, appelle le 112, ou écris au 114 par SMS.
common-file = Bien reçu. { $adviser } pourra l'ouvrir.
common-edited = J'ai vu ta correction. Elle est gardée avec ton message.
common-place = Merci pour le lieu. Une personne d'ici le verra.
common-contact = Merci pour le contact. Une personne d'ici le verra.
common-sticker = Sympa ! Je lis mieux les mots.
common-unsupported = Je ne sais pas lire ça. Écris-le avec des mots.

common-nudge = Coucou ! On peut reprendre quand tu veux. Rien ne presse.
common-nudge-again = Je te laisse tranquille après ce message. Ta place reste ici.
common-welcome-back = Te revoilà ! On reprend où on s'était arrêtés.
common-returned = C'est à nouveau moi, le robot. On peut continuer.
common-old-button = Ce bouton est trop vieux. Voici la question en cours.
common-still-stopped = Tu as dit STOP : je n'envoie plus rien. Pour reprendre, écris REPRISE.
common-personal-link = Garde ce lien pour revenir ici : { $link }
common-insulte = Ça arrive d'en avoir marre. Je reste là.
common-merci = Avec plaisir !
common-salutation = Salut !
common-au-revoir = À bientôt !
common-failed = Je n'ai pas réussi à lire ton message, pardon. Une personne d'ici le verra.
common-repair-person = Je n'y arrive pas, pardon. Une personne d'ici lira tes mots.
