### The web chat's page: buttons, states, notice, accessibility. Words of the conversation itself live in the flows' files.

chat-title = { $agency } : parle avec nous
chat-jump = Aller au message à écrire
chat-under = Un robot te répond. Des humains lisent.
chat-floor = Tu parles avec { $name }, de l'équipe.
chat-promise = Gratuit. Sans compte. Tu t'arrêtes quand tu veux.
chat-log = Conversation
chat-answers = Réponses possibles
chat-write = Écris ta réponse
chat-send = Envoyer
chat-back = Retour
chat-skip = Passer
chat-refresh = Voir les nouveaux messages
chat-older = Voir le début
chat-me = Toi
chat-bot = Robot
chat-human = { $name }, de l'équipe
chat-state-sending = Envoi…
chat-state-sent = Envoyé
chat-state-lost = Pas de réseau. On réessaie tout seul.
chat-state-refused = Pas envoyé.
chat-again = Réessayer
chat-cut = Ton message était très long. On a gardé le début.
chat-slow = Ton message est bien arrivé. La réponse arrive bientôt.
chat-photo = Fichier envoyé
chat-to-chat = Aller à la conversation

## Menu

chat-menu = Menu
chat-menu-human = Parler à quelqu'un
chat-menu-help = Aide
chat-menu-later = Plus tard
chat-menu-restart = Recommencer
chat-menu-back = Retour
chat-menu-skip = Passer
chat-menu-data = Mes données
chat-menu-code = Changer d'appareil
chat-menu-stop = Ne plus m'écrire
chat-menu-erase = Efface-moi
chat-menu-language = Langue
chat-forget = Oublier cet appareil
chat-forget-why = Tu partages ce téléphone ? Ton lien personnel te ramènera ici.
chat-exit = Quitter
chat-person = Un humain
chat-link-notice = à lire ici
chat-link-data = ouvrir mes données

## Emergency numbers

chat-sos = Urgence
chat-sos-intro = Tu es en danger ? Appelle tout de suite. C'est gratuit.
chat-sos-112 = Toutes les urgences
chat-sos-114 = Par SMS, si tu ne peux pas parler
chat-sos-15 = Samu : un problème de santé grave
chat-sos-17 = Police et gendarmerie
chat-sos-3114 = Idées de suicide, pour toi ou un proche
chat-sos-115 = Pas d'endroit où dormir ce soir
chat-sos-119 = Enfant ou jeune en danger
chat-sos-3919 = Femme victime de violences

## Coming back

chat-code = J'ai un code
chat-code-how = Sur ton autre appareil, demande « code ». Puis écris-le ici.
chat-code-label = Ton code de 8 caractères
chat-code-go = Reprendre ma conversation
chat-code-wrong = Ce code ne marche pas. Il dure 15 minutes et sert une fois.
chat-code-throttled = Trop d'essais. Attends 15 minutes, puis demande un nouveau code.
chat-back-title = C'est bien toi ?
chat-back-why = Ce lien ouvre une conversation personnelle. Continue si c'est la tienne.
chat-back-go = Reprendre ma conversation
chat-back-dead-title = Ce lien ne marche plus
chat-back-dead = Il a expiré, ou tes données sont effacées. Tu peux recommencer ici.

## My data

chat-data = Mes données
chat-data-gate = Cette page montre ce que tu nous as dit. Regarde si personne d'autre ne voit ton écran.
chat-data-open = Voir mes données
chat-data-json = Voir au format JSON
chat-data-intro = Voici tout ce qu'on garde sur toi, et pourquoi.
chat-data-you = Toi
chat-data-you-why = Pour te parler et te rappeler.
chat-data-first-name = Prénom
chat-data-age = Âge
chat-data-phone = Téléphone
chat-data-town = Ville
chat-data-language = Langue
chat-data-since = Depuis le
chat-data-wishes = Tes envies
chat-data-wishes-why = Pour chercher avec toi ce qui te plaît.
chat-data-barriers = Ce qui te bloque
chat-data-barriers-why = Pour trouver des solutions avec toi.
chat-data-barrier-mobilite = Se déplacer
chat-data-barrier-logement = Logement
chat-data-barrier-garde-enfants = Garde d'enfants
chat-data-barrier-sante = Santé
chat-data-barrier-administratif = Papiers
chat-data-barrier-numerique = Téléphone, ordinateur, internet
chat-data-barrier-budget = Argent
chat-data-barrier-langue = Français
chat-data-barrier-justice = Justice
chat-data-barrier-confiance-en-soi = Confiance en toi
chat-data-barrier-handicap = Handicap
chat-data-barrier-addictions = Addictions
chat-data-barrier-famille = Famille
chat-data-barrier-violences = Violences
chat-data-barrier-other = Autre chose
chat-data-barrier-general-no = Tu as dit : rien de spécial.
chat-data-barrier-general-quiet = Tu as dit : pas envie d'en parler.
chat-data-barrier-general-person = Tu as dit : plutôt à quelqu'un.
chat-data-skills = Ce que tu sais faire
chat-data-skills-why = Pour montrer tes forces.
chat-data-availability = Tes moments libres
chat-data-availability-why = Pour proposer des moments qui te vont.
chat-data-consents = Ce que tu as accepté
chat-data-consents-why = Tu peux changer d'avis à tout moment.
chat-data-yes = Oui
chat-data-no = Non
chat-data-messages = Tes messages
chat-data-messages-why = Pour suivre la conversation. On garde { $count } messages.
chat-data-readers = Qui a lu tes données
chat-data-readers-why = Chaque lecture sensible laisse une trace.
chat-data-readers-none = Personne n'a encore ouvert tes données.
chat-data-hidden = Caché à l'équipe
chat-data-age-under-15 = Moins de 15 ans
chat-data-age-15 = 15 ans
chat-data-age-16-17 = 16 ou 17 ans
chat-data-age-18-25 = De 18 à 25 ans
chat-data-age-26-29 = De 26 à 29 ans
chat-data-age-over-29 = 30 ans ou plus
chat-data-morning = matin
chat-data-afternoon = après-midi
chat-data-evening = soir
chat-data-purpose-channel = T'écrire sur ta messagerie
chat-data-purpose-prescriber = En parler à la personne qui t'a envoyé
chat-data-purpose-employer = En parler à un employeur
chat-data-purpose-skills = Ta fiche de compétences
chat-data-deed-team = l'équipe
chat-data-deed-card = a lu ta fiche
chat-data-deed-conversation = a lu la conversation
chat-data-deed-barrier = a ouvert une réponse sensible
chat-data-deed-file = a ouvert un fichier
chat-data-deed-message = t'a écrit
chat-data-deed-other = a agi dans ton dossier
chat-data-nothing = Rien
chat-data-ground = La raison légale : une mission d'intérêt public.
chat-data-keep = On efface deux ans après ton dernier message.

## Mistakes

chat-error-400-title = On n'a pas compris cette page
chat-error-400 = Retourne à la conversation, puis réessaie.
chat-error-404-title = Cette page n'existe pas
chat-error-404 = Le lien est peut-être coupé. La conversation, elle, est là.
chat-error-413-title = C'est trop long
chat-error-413 = Coupe ton message en morceaux plus petits.
chat-error-429-title = Doucement
chat-error-429 = Beaucoup de messages sont arrivés. Attends une minute.
chat-error-500-title = Il y a un souci chez nous
chat-error-503-title = On revient tout de suite
chat-error-503 = Rien n'est perdu de ce qui est marqué « Envoyé ». Réessaie dans un moment.

## Notice

chat-notice = Tes droits et tes données
chat-notice-version = Version { $version } de cette page.
chat-notice-who-title = Qui te parle ?
chat-notice-who = Ici { $agency }. C'est elle qui t'aide et garde tes données.
chat-notice-bot = Un robot pose les questions. Des conseillers lisent et te répondent. Ce sont des humains.
chat-notice-why-title = Pourquoi ces questions ?
chat-notice-why = Pour t'aider à trouver ta voie, un emploi ou une formation.
chat-notice-ground = La loi confie cette mission aux Missions Locales. C'est une mission d'intérêt public. La règle est l'article 6.1.e du RGPD.
chat-notice-decide = Le robot ne décide rien. Il ne te donne pas de note. Une personne décide avec toi.
chat-notice-what-title = Qu'est-ce qu'on garde ?
chat-notice-what-wish = Tes envies, avec tes mots.
chat-notice-what-barrier = Ce qui te bloque, si tu veux en parler.
chat-notice-what-contact = Tes moments libres. Ton prénom, ton âge et ton téléphone, si tu les donnes.
chat-notice-sensitive = La santé, le handicap, la justice : c'est sensible. On le garde seulement si tu dis oui.
chat-notice-free = Tu peux passer chaque question. On t'aide pareil.
chat-notice-readers-title = Qui lit ?
chat-notice-readers = Les conseillers de cette Mission Locale.
chat-notice-others = Rien ne part vers un autre organisme sans ton accord.
chat-notice-channel = Telegram appartient à une société privée. Ici, sur ce site, c'est plus discret.
chat-notice-danger-title = Et en cas de danger ?
chat-notice-danger = Si tu es en danger, une personne de l'équipe est prévenue.
chat-notice-minor = Tu as moins de 18 ans ? On peut devoir prévenir un service de protection.
chat-notice-time-title = Combien de temps ?
chat-notice-time-card = Tes données : deux ans après ton dernier message.
chat-notice-time-sensitive = Les mots sensibles : 30 jours après la fin de la conversation.
chat-notice-time-link = Un code pour changer d'appareil : 15 minutes.
chat-notice-rights-title = Tes droits
chat-notice-rights = Tu peux voir tes données, les corriger, les copier. Écris « mes données ».
chat-notice-answer = On te répond en un mois au plus. Une question ? Demande le délégué à la protection des données.
chat-notice-erase = Tu peux tout effacer. Écris « efface-moi ».
chat-notice-object = Tu peux dire non à tout moment. Écris « STOP ».
chat-notice-cnil = Tu n'es pas d'accord avec nous ? Tu peux te plaindre à la CNIL.
chat-notice-cookie-title = Et les cookies ?
chat-notice-cookie = Un seul cookie. Il arrive quand tu écris, et te reconnaît. Pas de publicité, pas de mesure.

## Accessibility statement (RGAA's terms, for everybody: vouvoiement is avoided by naming the person)

chat-access = Accessibilité : non conforme
chat-access-title = Déclaration d'accessibilité
chat-access-engage = { $agency } s'engage à rendre ce service accessible. C'est l'article 47 de la loi n° 2005-102 du 11 février 2005.
chat-access-state-title = État de conformité
chat-access-state = Ce service est non conforme avec le RGAA 4.1. Aucun audit n'a encore été fait. On ne peut donc rien promettre.
chat-access-tests-title = Résultats des tests
chat-access-tests = Il n'y a pas d'audit de conformité. Voici ce qui est testé à chaque version.
chat-access-test-axe = L'outil axe-core ne trouve pas de défaut grave.
chat-access-test-keyboard = Une conversation se fait avec le clavier seul.
chat-access-test-zoom = Le texte agrandi à 200 % reste lisible à 360 pixels.
chat-access-test-script = La conversation marche sans JavaScript et sans cookie.
chat-access-gaps-title = Contenus non accessibles
chat-access-gap-audit = Les 106 critères n'ont pas été vérifiés par une personne formée.
chat-access-gap-reader = Les lecteurs d'écran n'ont pas été essayés par leurs utilisateurs.
chat-access-gap-language = Des textes restent en français dans les autres langues.
chat-access-gap-voice = Le robot n'écoute pas les messages vocaux.
chat-access-made-title = Établissement de cette déclaration
chat-access-made = Elle date du 22 novembre 2026. Technologies : HTML5, CSS, JavaScript, SVG. Outils : axe-core et Chromium.
chat-access-help-title = Retour d'information et contact
chat-access-help = Quelque chose te bloque ? Dis-le dans la conversation, ou appelle.
chat-access-appeal-title = Voies de recours
chat-access-appeal = Personne ne te répond ? Le Défenseur des droits peut t'aider, gratuitement.
chat-access-appeal-form = Écrire au Défenseur des droits
chat-access-appeal-near = Rencontrer un délégué près de chez toi
chat-access-appeal-post = Par courrier, sans timbre : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07
