# La première question fait partie du premier message ; le reste suit avec la traduction complète.
wishes-ask = ماذا تحب أن تعمل؟
wishes-ask-example = لم أفهم. اكتب مهنة أو فكرة، مثل «الطبخ».
wishes-ask-simple = تكفي بضع كلمات. أو اضغط «لا أعرف».
wishes-button-unsure = لا أعرف
