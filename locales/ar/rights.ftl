# Awaits review by a native speaker.

rights-stopped = تم: لا رسائل بعد الآن. للعودة يوما، تكفي كلمة REPRISE.
rights-resumed = نعود من جديد. كلمة «توقف» ممكنة في أي وقت.
rights-data = كل ما نحفظه عنك موجود هنا، لمدة 24 ساعة: { $link }
rights-erase-what = أمسح رسائلك وأجوبتك وملفاتك، إلى الأبد. يبقى أثر بدون كلماتك: التواريخ وموافقاتك، لإثبات أن المسح تم.
rights-ask-erase = هل هذا مؤكد؟
rights-ask-erase-example = الجواب: «نعم» أو «لا».
rights-ask-erase-simple = يكفي الضغط على زر.
rights-button-erase = نعم، مسح كل شيء
rights-button-keep = لا، يبقى كل شيء
rights-erased = تم المسح. شكرا على هذا الوقت، وبالتوفيق.
rights-kept = حسنا، لا أمسح شيئا.
