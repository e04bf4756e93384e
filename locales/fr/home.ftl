home-wish = « { $words } » : c'est ajouté. { $adviser } le lira.
home-availability = C'est noté. { $adviser } verra tes moments libres.
home-passed-on = { $adviser } lira ton message, et te répond { $answer_by }.
home-here = Je suis là. Écris ce que tu veux, { $adviser } lit aussi.
