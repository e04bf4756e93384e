scope-person = À tout moment, demande à { $adviser } un rendez-vous ou un appel : réponse { $answer_by }.

scope-ask-age = Tu as quel âge ? Ça change ce qu'on peut te proposer.
scope-ask-age-example = Je n'ai pas compris. Écris juste un nombre, comme « 19 ».
scope-ask-age-simple = Touche ton âge. Ou touche « Passer ».
scope-ask-age-again = Et tu as quel âge ?
scope-ask-age-again-example = Je n'ai pas compris. Écris juste un nombre, comme « 19 ».
scope-ask-age-again-simple = Touche ton âge. Ou touche « Passer ».
scope-age-under-15 = Moins de 15 ans
scope-age-15 = 15 ans
scope-age-16-17 = 16 ou 17 ans
scope-age-18-25 = 18 à 25 ans
scope-age-26-29 = 26 à 29 ans
scope-age-over-29 = 30 ans ou plus
scope-age-silent = D'accord, tu peux garder ça pour toi.
scope-noted = « { $words } » : c'est noté.
scope-minor-notice = Une chose importante : si tu es en danger, une personne est prévenue. Si tu as moins de 18 ans, on peut devoir prévenir un service de protection.

scope-ask-recognised = Jusqu'à 29 ans, on peut t'aider avec une RQTH. C'est la reconnaissance de travailleur handicapé. Tu en as une ?
scope-ask-recognised-example = Réponds par « oui » ou « non ».
scope-ask-recognised-simple = Touche un bouton. « Passer » est possible.
scope-recognised = Merci. Alors on peut t'aider jusqu'à 29 ans.

scope-too-young = La Mission Locale aide à partir de 16 ans. Avant, il y a le CIO : on y parle d'école et de métiers, c'est gratuit. Ton collège te donne l'adresse. En danger, appelle le 119, jour et nuit.
scope-too-old = La Mission Locale aide jusqu'à 25 ans. Après, c'est France Travail, au 39 49.
scope-maybe-too-old = La Mission Locale aide jusqu'à 25 ans, parfois plus. Une personne peut vérifier avec toi. Sinon, c'est France Travail, au 39 49.
scope-ask-elsewhere = Tu veux que { $adviser } t'aide à les joindre ?
scope-ask-elsewhere-example = Réponds par « oui » ou « non ».
scope-ask-elsewhere-simple = Touche un bouton.
scope-accompanied = C'est noté. { $adviser } t'écrit ici { $answer_by }.
scope-farewell = D'accord. Bonne route, et reviens ici quand tu veux.
