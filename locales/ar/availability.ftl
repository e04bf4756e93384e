# Awaits review by a native speaker.

availability-ask-when = متى يناسبك الحديث مع { $adviser }؟
availability-ask-when-example = لم أفهم. مثلا: «الصباح، ما عدا الأربعاء».
availability-ask-when-simple = يكفي الضغط على زر. يمكن أيضا «تخطي».
availability-part-any = كل الأسبوع
availability-part-matin = في الصباح
availability-part-apres-midi = بعد الظهر
availability-button-halves = اختيار أيام محددة
availability-button-done = هذا كل شيء
availability-button-all-hours = لا مشكلة
availability-later = لا بأس، نرى ذلك معا.

availability-ask-halves = أي نصف يوم يناسبك؟
availability-ask-halves-example = الضغط على نصف يوم، مثل «الاثنين صباحا».
availability-ask-halves-simple = يكفي الضغط على زر. يمكن أيضا «تخطي».
availability-ask-other-half = تم التسجيل: { $words }. هل هناك نصف يوم آخر؟
availability-ask-other-half-example = الضغط على نصف يوم، مثل «الاثنين صباحا».
availability-ask-other-half-simple = زر «هذا كل شيء» للمتابعة.
availability-half-lundi-matin = الاثنين صباحا
availability-half-lundi-apres-midi = الاثنين بعد الظهر
availability-half-mardi-matin = الثلاثاء صباحا
availability-half-mardi-apres-midi = الثلاثاء بعد الظهر
availability-half-mercredi-matin = الأربعاء صباحا
availability-half-mercredi-apres-midi = الأربعاء بعد الظهر
availability-half-jeudi-matin = الخميس صباحا
availability-half-jeudi-apres-midi = الخميس بعد الظهر
availability-half-vendredi-matin = الجمعة صباحا
availability-half-vendredi-apres-midi = الجمعة بعد الظهر

availability-ask-rhythm = تم التسجيل. أي أوقات عمل لا تناسبك أبدا؟
availability-ask-rhythm-example = لم أفهم. مثلا: «ليس في الليل».
availability-ask-rhythm-simple = زر «لا مشكلة» إذا كان كل شيء يناسبك.
availability-rhythm-nuit = ليس في الليل
availability-rhythm-weekend = ليس في نهاية الأسبوع
availability-rhythm-2x8 = ليس بأوقات متغيرة (2x8)
availability-rhythm-matin-tot = ليس في الصباح الباكر
availability-rhythm-coupures = ليس مع توقف طويل في اليوم
