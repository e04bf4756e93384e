home-wish = « { $words } » : c'est ajouté. { $adviser } le lira.
home-availability = C'est noté. { $adviser } verra tes nouveaux moments libres.
home-passed-on = Ton message est transmis à { $adviser }. Réponse : { $answer_by }.
home-here = Je suis là. Écris ce que tu veux, { $adviser } lit aussi.
