# Awaits review by a native speaker.

wishes-ask = أي عمل يعجبك؟
wishes-ask-example = لم أفهم. مهنة أو فكرة تكفي، مثل «الطبخ».
wishes-ask-simple = تكفي بضع كلمات. أو زر «لا أعرف».
wishes-ask-other = ما هي رغبتك الأخرى؟
wishes-ask-other-example = لم أفهم. فكرة أخرى، مثل «البناء».
wishes-ask-other-simple = اسم مهنة يكفي. أو زر «تخطي».
wishes-button-unsure = لا أعرف
wishes-button-more = عندي رغبة أخرى
wishes-button-any = لا فرق عندي
wishes-button-none = ولا واحدة
wishes-button-wrong = ليس «{ $guess }»

wishes-reflect = «{ $words }»: تم التسجيل، بكلماتك.
wishes-known = أخبرونا برغبتك: «{ $words }».
wishes-guess-refused = حسنا، أنسى هذه الفكرة. أحفظ كلماتك فقط.
wishes-left-open = لا بأس. يمكن الكلام عن هذا مع { $adviser }.
wishes-no-idea = هذا عادي جدا. نبدأ منك أنت.

wishes-ask-contract = ما هو هدفك الآن؟
wishes-ask-contract-example = لم أفهم. مثلا: «عمل» أو «تدريب مهني بالتناوب».
wishes-ask-contract-simple = يكفي الضغط على زر. «لا فرق عندي» جواب جيد.
wishes-contract-emploi = عمل (emploi)
wishes-contract-alternance = عمل ودراسة معا (alternance)
wishes-contract-formation = تكوين (formation)
wishes-contract-immersion = تدريب قصير للاكتشاف (stage)
wishes-contract-interim = عمل مؤقت (intérim)

wishes-ask-likes = ما هي الأشياء التي تعجبك؟
wishes-ask-likes-example = مثلا: الطبخ، التصليح، المساعدة، الرسم.
wishes-ask-likes-simple = الضغط على الزر الأقرب إليك.
wishes-like-caring = مساعدة الناس
wishes-like-making = التصليح، الصنع
wishes-like-cooking = الطبخ
wishes-like-selling = الكلام، البيع
wishes-like-nature = الحيوانات، الطبيعة
wishes-like-screens = الشاشات، الألعاب

wishes-ask-done = تم التسجيل. وماذا فعلت من قبل، ولو مرة واحدة؟
wishes-ask-done-example = مثلا: رعاية أختي، تصليح دراجة.
wishes-ask-done-simple = يكفي الضغط على زر. كل شيء مهم، حتى بدون شهادة.
wishes-done-family = مساعدة عائلتي
wishes-done-team = فريق، رياضة
wishes-done-repairs = تصليح أشياء
wishes-done-meals = تحضير الطعام
wishes-done-small_jobs = أعمال صغيرة
wishes-done-children = رعاية أطفال

wishes-ask-setting = أي نوع من العمل يناسبك أكثر؟
wishes-ask-setting-example = مثلا: «في الخارج» أو «مع الناس».
wishes-ask-setting-simple = الضغط على زر، أو على «تخطي».
wishes-setting-hands_inside = عمل باليدين، في الداخل
wishes-setting-hands_outside = عمل باليدين، في الخارج
wishes-setting-people = مع الناس
wishes-setting-screens = على الكمبيوتر

wishes-ask-idea = هذه ثلاث أفكار للبداية. هل تعجبك واحدة منها؟
wishes-ask-idea-example = الضغط على فكرة، أو كتابة فكرة أخرى.
wishes-ask-idea-simple = «ولا واحدة» جواب جيد أيضا.
wishes-idea-G16 = المطبخ، خدمة المطاعم
wishes-idea-N11 = تحضير الطرود
wishes-idea-H29 = الصنع في الورشة
wishes-idea-A12 = الحدائق
wishes-idea-F17 = البناء
wishes-idea-K23 = النظافة، البيئة
wishes-idea-D12 = البيع
wishes-idea-G12 = تنشيط المجموعات (animation)
wishes-idea-K13 = مساعدة الناس في البيت
wishes-idea-M16 = الاستقبال، المكتب
wishes-idea-M18 = الكمبيوتر (informatique)
wishes-idea-E12 = الصورة، التصوير
