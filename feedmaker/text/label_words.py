"""The words of labels, bylines and agencies on news pages, as data.

`labels` reads them in the form of `arabic.fold`, so a phrase stands here once, in any spelling.
Phrases are separated by `|`; `{a,b}` stands for one of several words, and `{,a}` for one or none.
Phrases have no digits.
"""

from __future__ import annotations

from typing import Final

# What calls the home page, in menus and at the beginning of breadcrumbs.
HOME: Final = """
    الرئيسية | الصفحة الرئيسية | رئيسية | الأولى | أنت هنا | home | homepage | home page | start
    | startseite | accueil | inicio | portada | ana sayfa | anasayfa | خانه | صفحه نخست | صفحه اصلی
    | ہوم | صفحہ اول | עמוד הבית | ראשי | דף הבית | главная | strona główna | principal | hem
    | forside | etusivu | hjem | you are here | front page"""

# Kind -> the labels, headings and lead-ins of that kind. Of a phrase that stands twice the first
# kind counts.
LABELS: Final[dict[str, str]] = {
    "related": """
        {مواضيع,موضوعات,أخبار,مقالات} {متعلقة,مرتبطة} {,بالخبر,بالموضوع,بالمقال} |
        {اقرأ,اقرؤوا,اقرأوا,اقرءوا,اقرئي,اقرء,أقراء,طالع,طالعوا} {أيضا,كذلك,كمان,معنا}
        | {شاهد,شاهدوا,شوف,انظر,تصفح,راجع,تابع,اسمع} {أيضا,كذلك,كمان,معنا}
        | {اقرأ,شاهد,طالع,اقرأ المزيد} {أيضا,المزيد} {عن,حول,من,في} {الموضوع,هذا الموضوع,هذا الخبر,
          الخبر} | {,لا يفوتك} {قد,ربما} {يهمك,يهمكم,يعجبك,يعجبكم,تهمك,تعجبك,يفيدك} {,أيضا,كذلك}
        | يهمك أيضا | {قد,ربما} تود قراءة | {قد,ربما} {يهمك,يعجبك} {قراءة,مشاهدة}
        | يمكنك أيضا {قراءة,مشاهدة,الاطلاع على} | اقرأ أيضا على | لا يفوتك {,أيضا} | نرشح لك
        | ترشيحاتنا {,لك} | نرشح لكم | نقترح {لك,عليك} | اخترنا {لك,لكم} | مختارات {,لك} | مقترحات
        | مقترح لك | قراءات مقترحة | من اختيار المحرر | اختيارات {القراء,المحرر,المحررين}
        | {مواضيع,موضوعات,أخبار,مقالات,مواد} {ذات صلة,ذات الصلة,ذات علاقة,متعلقة,مشابهة}
        | {مواضيع,موضوعات,أخبار,مقالات,مواد} {مرتبطة,مقترحة,مختارة,مماثلة}
        | {تقارير,روابط,قصص,عناوين,أخبار ومواضيع} {ذات صلة,ذات الصلة,ذات علاقة,متعلقة,مشابهة}
        | {تقارير,روابط,قصص,عناوين,أخبار ومواضيع} {مرتبطة,مقترحة,مختارة,مماثلة}
        | {المواضيع,الموضوعات,الأخبار,المقالات} {ذات الصلة,ذات العلاقة,المتعلقة,المشابهة,المرتبطة,
          المقترحة} | {,ال}{أخبار,مقالات,مواضيع,موضوعات} أخرى | مواضيع ساخنة أخرى | ذات صلة
        | متعلقات | له صلة | في نفس {السياق,الموضوع,القسم} | في {هذا,ذات} {السياق,الملف}
        | من نفس القسم | المزيد من {هذا القسم,القسم,هذا الملف,نفس القسم}
        | {المزيد,اقرأ المزيد} {حول,عن} {الموضوع,هذا الموضوع} | في الأخبار أيضا
        | {بیشتر,اینجا,این را نیز,همچنین} {بخوانید,بخوان} | بیشتر بدانید
        | {اخبار,مطالب,خبرهای,مقالات} {مرتبط,مشابه,پیشنهادی,بیشتر} | مطالب خواندنی | حتما بخوانید
        | پیشنهاد {ما,سردبیر} | {یہ بھی,مزید} {پڑھیں,پڑھیے,دیکھیں} | یہ بھی پڑھئے
        | متعلقہ {خبریں,مضامین,عنوانات}
        | {אולי יעניין אותך,כתבות נוספות,כתבות קשורות,קראו גם,ראו גם,עוד בנושא,עוד באותו נושא}
        | {read,see,watch,check} {also,this} | also {read,see,watch,on} | must {read,reads}
        | don t miss | you {may,might} {,also} {like,be interested in,enjoy}
        | recommended {,for you,reading,stories,articles}
        | {related,similar} {,articles,stories,posts,news,content,topics,reading,coverage,links,
          videos} | {more,other} {stories,articles,news}
        | more {on this,on this story,like this,from this section,for you,about this}
        | more {in,from} {news,world,politics,business,sport,sports} | read {next,this next}
        | up next | what to read next | editors {picks,choice} | editor s {picks,choice}
        | see {more,all} related | {à,a} lire {,aussi,également,ensuite} | lire {aussi,également}
        | voir aussi | à voir aussi | sur le même {sujet,thème}
        | {articles,sujets} {liés,similaires,connexes,recommandés} | vous aimerez aussi
        | {lesen,lies,sehen} sie {auch,dazu auch} | {lesen,lies} auch | mehr zum thema
        | {auch,das könnte sie auch} interessant
        | das könnte {sie,dich} {auch,ebenfalls} interessieren | ähnliche artikel
        | verwandte {artikel,themen} | weitere {artikel,themen} | passend zum thema
        | {lea,lee,leer,mira,vea,ver} {también,tambien}
        | {noticias,artículos,contenidos,temas} relacionad{os,as} | te puede interesar
        | más {sobre este tema,información sobre} | le puede interesar | {leggi,vedi,guarda} anche
        | {articoli,notizie,contenuti} correlati | potrebbe interessarti {,anche}
        | ti potrebbe interessare | leia {também,mais sobre} | veja também
        | {notícias,artigos,matérias,conteúdos} relacionad{os,as} | {lees,bekijk} ook
        | {gerelateerd,gerelateerde artikelen} | {meer over dit onderwerp,mehr lesen über}
        | {czytaj,zobacz} {też,także,również} | {powiązane,podobne} {artykuły,tematy} | polecane
        | {ilgili,benzer} {haberler,haber,konular,yazılar} | ayrıca {bakınız,okuyun}
        | bunlar da ilginizi çekebilir | {читайте,смотрите,смотри} {также,ещё}
        | {по теме,похожие материалы,материалы по теме,другие новости} | {les,se,hør} også
        | les mer om | {flere saker,mer om saken} | læs {også,mere om} | mere om emnet
        | {läs,se} också | läs mer om | mer om ämnet | lue {myös,lisää aiheesta} | katso myös
        | {čtěte,přečtěte si,čtěte si} {také,též,i,dále} | {mohlo by vás,mohlo vás} zajímat
        | související {,články} | {prečítajte si,čítajte} {aj,tiež}
        | {súvisiace články,mohlo by vás zaujímať} | {olvassa,olvasd} el {ezt,} is
        | kapcsolódó {,cikkek} | {citește,citiți,vezi} și | pe aceeași temă
        | {διαβάστε,δείτε} {επίσης,ακόμα,ακόμη,και} | {прочетете,вижте} {още,също}
        | свързани {новини,статии} | {читайте,дивіться} {також,ще} | {за темою,схожі новини}
        | {читайте,смотрите} {также,еще} | {skaitykite,žiūrėkite} taip pat | susijusios naujienos
        | lasi arī | saistītie raksti | loe {ka,lisaks} | puedes ver | te recomendamos {,leer}
        | {schon gelesen,zum weiterlesen,lesen sie mehr,mehr dazu,passend dazu,siehe auch}
        | {lesetipp,lesetipps} | przeczytaj {też,także,również} | läs mer | in other news
        | bu {haber,haberler} de ilginizi çekebilir
        | {pročitajte,pročitaj,čitajte,vidi,preberite} {i,još,također,takođe,tudi}
        | {povezani,slični} {članci,sadržaji} | {baca,simak,lihat} {juga,selengkapnya}
        | {berita,artikel} terkait | {xem,đọc} thêm | {tin,bài viết} liên quan
        | {関連記事,関連ニュース,あわせて読みたい,こちらもおすすめ}
        | {관련 기사,관련기사,관련 뉴스,함께 보면 좋은 기사}
        | {相关阅读,相关新闻,相关报道,延伸阅读,相關新聞,延伸閱讀}
        | {यह भी पढ़ें,ये भी पढ़ें,संबंधित खबरें,इसे भी पढ़ें} | {আরও পড়ুন,আরো পড়ুন}
        | bunları da okuyun | {ayrıca,bunu da} oku""",
    "most-read": """
        {,الأخبار,المواضيع,المقالات,الموضوعات} {أكثر,الأكثر} {قراءة,مشاهدة,تصفحا,شعبية,تداولا,
          تعليقا}
        | {,الأخبار,المواضيع,المقالات,الموضوعات} {أكثر,الأكثر} {مشاركة,رواجا,زيارة,متابعة,تفاعلا,
          إرسالا} | أكثر {الأخبار,المقالات,المواضيع} {قراءة,مشاهدة}
        | الأكثر {قراءة,مشاهدة} {اليوم,هذا الأسبوع,الآن} | الأعلى {قراءة,مشاهدة} | {,ال}رائج {,الآن}
        | {,ال}شائع {,الآن} | الأكثر شيوعا | حديث الساعة
        | {,ال}{پربازدیدترین,پربیننده ترین,پرخواننده ترین,محبوب ترین} {,ها,اخبار}
        | {مقبول,مقبول ترین,سب سے زیادہ پڑھی جانے والی} {,خبریں}
        | {הנקראות ביותר,הנצפות ביותר,פופולרי}
        | most {read,popular,viewed,shared,watched,commented,discussed} {,today,now,stories,
          articles,this week} | {trending,popular} {,now,today,stories,articles,posts,news,topics}
        | top stories | les plus {lus,lues,vus,partagés,populaires,commentés}
        | {meistgelesen,meistgelesene artikel,beliebt,am meisten gelesen,top themen}
        | lo más {leído,visto,popular} | {más leídas,más leídos,las más leídas}
        | {i più letti,le più lette,più letti} | {mais lidas,mais lidos,as mais lidas}
        | {meest gelezen,best gelezen,populair} | {najczęściej czytane,popularne,najpopularniejsze}
        | {en çok okunanlar,çok okunanlar,en çok okunan haberler}
        | {самое читаемое,популярное,популярные новости}
        | {پربازدیدها,پربازدیدترینها,پربیننده ترینها,پربینندهترینها,پربینندهترین}
        | הכי {נקראות,נצפות} | les plus {consultés,consultées} | {terpopuler,terbanyak dibaca}
        | {mest lest,mest läst,mest lästa,mest læste,luetuimmat,nejčtenější,cele mai citite}
        | {đọc nhiều,xem nhiều,đọc nhiều nhất,tin đọc nhiều} | सबसे {ज्यादा,ज़्यादा} पढ़ी गईं
        | {多人閱讀,最多人閱讀,热门文章,热门新闻,熱門新聞,熱門文章,点击排行,阅读排行,排行榜}
        | {많이 본 뉴스,가장 많이 본 뉴스,인기 기사,인기기사}
        | {よく読まれている記事,アクセスランキング,人気記事,人気の記事}""",
    "buy": """
        add to {cart,basket,bag} | buy now | shop now | {أضف,إضافة} إلى {السلة,عربة التسوق}
        | اشتر الآن
        | افزودن به سبد {,خرید} | הוסף {לסל,לעגלה} | הוספה לסל | کارٹ میں شامل کریں | sepete ekle
        | in den warenkorb | ajouter au panier | {añadir al carrito,agregar al carrito}
        | adicionar ao carrinho | aggiungi al carrello | {в корзину,добавить в корзину}
        | in winkelwagen | dodaj do koszyka""",
    "latest": """
        {آخر,أحدث} {,ال}{أخبار,مستجدات,مواضيع,مقالات,تطورات,عناوين,أنباء}
        | {آخر خبر,أخبار عاجلة,الأخبار العاجلة,الأخبار الأخيرة} | {,خبر} عاجل | {,خبر} فوری
        | بریکنگ {,نیوز} | מבזק | breaking | {alerte info,dernière minute} | última hora
        | eilmeldung | срочно
        | شريط {الأخبار,الأحداث} | {,موجز} الأخبار | وصلنا الآن | الأحدث
        | {آخرین,تازه ترین,جدیدترین} {,اخبار,خبرها,عناوین} | {تازہ ترین,تازہ خبریں,اہم خبریں}
        | {החדשות האחרונות,מבזקים,חדשות אחרונות}
        | {latest,recent,breaking} {news,posts,stories,articles,headlines,updates} | latest
        | the latest | just in | {dernières,toutes les} {nouvelles,actualités,infos}
        | {derniers,récents} articles | en continu
        | {neueste,aktuelle} {artikel,nachrichten,meldungen} | newsticker
        | {últimas,ultimas} noticias | lo último | {ultime notizie,ultim ora} | últimas notícias
        | laatste nieuws | {najnowsze,ostatnie wiadomości} | son {dakika,haberler}
        | {последние новости,новости,свежие новости}""",
    "read-more": """
        {اقرأ,للمزيد,شاهد,عرض,اعرض,اعرف,لمعرفة,لقراءة} {المزيد,التفاصيل,البقية,الخبر} | للمزيد
        | {,ال}{مزيد,تفاصيل,تتمة}
        | المزيد {من,عن} {الأخبار,التفاصيل,المقالات,الفيديو,الفيديوهات,الأقسام,الصور,
          الأخبار والأحداث} | لقراءة {الخبر,المقال,النص} {كاملا,من المصدر,الأصلي}
        | {اضغط,انقر} هنا {,للمزيد,لقراءة المزيد} | تابع القراءة | {أكمل,واصل} القراءة
        | عرض {الكل,المزيد,جميع الأخبار} | {ادامه,ادامه مطلب,بیشتر,مشاهده بیشتر,متن کامل}
        | {مزید,مزید پڑھیں,مزید خبریں,تفصیلات} | {קרא עוד,קראו עוד,להמשך קריאה,לכתבה המלאה,עוד}
        | {read,learn,see,show,view,load,find out,discover} {more,all,full article,full story,
          full post} | more details | {continue,keep} reading
        | {full story,more,más,altro,details,click here,view all,see all}
        | {view,see} {images,photos,all images,all photos}
        | {show all,read on,read the full story,read full article,read article}
        | lire {la suite,plus,l article,l article complet}
        | {en savoir plus,voir plus,voir tout,la suite,plus}
        | {mehr,weiterlesen,mehr lesen,mehr erfahren,weiter,mehr anzeigen,zum artikel,alle anzeigen}
        | {leer,ver,saber} {más,todo} | seguir leyendo
        | {leggi tutto,continua a leggere,continua,scopri di più}
        | {leia mais,saiba mais,ver mais,continuar lendo} | {lees meer,lees verder,meer}
        | {czytaj więcej,więcej,czytaj dalej} | {devamı,devamını oku,daha fazla,tümü}
        | {читать далее,подробнее,ещё,далее,читать полностью}""",
    "share": """
        {شارك,شاركوا,انشر} {,هذا,هذه} {الخبر,المقال,المقالة,الموضوع,الصفحة} {,مع أصدقائك,
          مع الأصدقاء}
        | {أرسل,مشاركة,للمشاركة} {,هذا,هذه} {الخبر,المقال,المقالة} {,مع أصدقائك,مع الأصدقاء}
        | {أرسل,مشاركة,للمشاركة} {,هذا,هذه} {الموضوع,الصفحة} {,مع أصدقائك,مع الأصدقاء}
        | {شارك,شاركوا,انشر} {,هذا,هذه} {القصة,الرابط,المحتوى,} {,مع أصدقائك,مع الأصدقاء}
        | {أرسل,مشاركة,للمشاركة} {,هذا,هذه} {القصة,الرابط,المحتوى,} {,مع أصدقائك,مع الأصدقاء}
        | {,ال}{مشاركة,مشاركات} | {شارك,شاركها,شاركه,شاركنا,شير} {,عبر البريد,بالبريد} | انسخ الرابط
        | نسخ {,ال}رابط | تم {نسخ الرابط,النسخ} | رابط مختصر
        | {أرسل,إرسال} {إلى صديق,بالبريد,بالبريد الإلكتروني,لصديق}
        | {اشتراک گذاری,به اشتراک بگذارید,اشتراک,لینک کوتاه,کپی لینک} | {شیئر,شیئر کریں}
        | {שתף,שיתוף,שתפו,העתק קישור}
        | {ツイート,シェア,공유}
        | {share,shares,tweet,retweet,pin} {,article,story,post,page,with friends,on,this,link}
        | {pin it,share this,sharing,email this,share via} {,article,story,post,page}
        | {pin it,share this,sharing,email this,share via} {with friends,on,this,link}
        | {copy,copied} {,link,url} | link copied | send to a friend | send email
        | {gift,gift this,save this} article | save for later
        | {partager,partage,partages,envoyer,copier le lien,partager sur,partager cet article}
        | {teilen,artikel teilen,link kopieren,per mail teilen,weiterleiten}
        | {comparte,compartir} {esta noticia,este artículo}
        | {compartir,comparte,copiar enlace,enviar} | {condividi,condividere,copia link}
        | {compartilhar,compartilhe,partilhar,copiar link} | {delen,deel dit artikel}
        | {udostępnij,podziel się} | {paylaş,bağlantıyı kopyala}
        | {поделиться,скопировать ссылку}""",
    "print": """
        {اطبع,طباعة,طباعه,للطباعة} {,ال}{خبر,مقال,صفحة,موضوع,} | نسخة {,لل}طباعة | چاپ {,خبر}
        | نسخه چاپی | پرنٹ | {הדפס,הדפסה} | {کد,شناسه,شماره} {خبر,مطلب} | {رقم,كود} الخبر
        | print {,this,article,page,this article,this page,version} | imprimer {,l article}
        | {حجم الخط,تكبير الخط,تصغير الخط,اندازه فونت,اندازه قلم,font size,text size}
        | {drucken,artikel drucken} | imprimir | stampa | afdrukken | drukuj | yazdır
        | {печать,распечатать}""",
    "follow": """
        {تابع,تابعوا,تابعونا,تابعنا,للمتابعة,لمتابعتنا,اتبعنا} {,قناتنا,صفحتنا}
        | {تابع,تابعوا,تابعونا,تابعنا} {حساباتنا,مواقع التواصل,مواقع التواصل الاجتماعي}
        | {للمتابعة,لمتابعتنا,اتبعنا} {حساباتنا,مواقع التواصل,مواقع التواصل الاجتماعي}
        | {انضم,انضموا} {إلينا,إلى قناتنا} | {,ال}متابعة | {,ما را} دنبال کنید
        | {ہمیں فالو کریں,فالو کریں} | {עקבו אחרינו,עקבו}
        | {follow,join,like,find,connect with} {,us,me,on,the author,our channel} {,on,on facebook}
        | stay connected | social media | {followers,follower,fans}
        | {suivez nous,suivre,nous suivre} {,sur} | {folgen,folgen sie uns,folge uns} {,auf}
        | {síguenos,seguir,síganos} {,en} | {seguici,segui} {,su} | {siga nos,seguir}
        | {volg ons,volgen} | {obserwuj nas,obserwuj} | {bizi takip edin,takip et}
        | {подписывайтесь,мы в соцсетях,подписаться}""",
    "feedback": """
        {وجدت,هل وجدت,لاحظت} خطأ {,في الخبر,في المقال} {أبلغنا,راسلنا,أخبرنا}
        | {أبلغ,الإبلاغ,بلغ} عن خطأ {,في الخبر,في المقال} | {گزارش خطا,ارسال خطا}
        | {מצאתם,מצאת} טעות {,בכתבה} {כתבו לנו,כתוב לנו,דווחו לנו,ספרו לנו} | דווחו על טעות
        | {report,spotted,found,see,notice} {a,an} {error,typo,mistake,correction}
        | {spotted,found,see,notice} {a,an} {error,typo,mistake} {let us know,tell us,contact us}
        | {signaler,vous avez repéré} une {erreur,coquille}
        | {fehler gefunden,fehler melden,fehler im text gefunden} {,jetzt melden}
        | {reportar,informar de} un error | segnala un errore | {zgłoś błąd,hata bildir}
        | {was,is} this {article,page,answer,guide,post,content} {helpful,useful}
        | {was,is} this helpful | did you find this {helpful,useful,article helpful}
        | {rate,review} this {recipe,article,page,post,story}
        | what did you think of this {article,story}
        | {,هل} كان {هذا,هذا المقال,المقال,المحتوى} مفيدا {,لك} | قيم {المقال,هذا المقال,الوصفة}
        | {war,ist} dieser {artikel,beitrag,text} {hilfreich,interessant} | rezept bewerten
        | {cet article,cette page} vous a t {il,elle} {été utile,plu}
        | te ha {resultado útil,sido útil} | {comunicar,reportar} erro
        | {нашли ошибку,нашли опечатку,сообщить об ошибке}""",
    "loading": """
        {جاري,جار} {التحميل,تحميل المزيد} | در حال بارگذاری | טוען | loading {,comments,content}
        | please wait | chargement {,en cours} | wird geladen | laden | cargando | caricamento
        | carregando | ładowanie | yükleniyor | загрузка""",
    "reply": """
        {الرد,رد,رد على التعليق,پاسخ,پاسخ دادن,جواب دیں,הגב,reply,antworten,répondre,responder}
        | {rispondi,beantwoorden,odpowiedz,yanıtla,cevapla,ответить,відповісти,απάντηση}""",
    "comments": """
        {,ال}{تعليقات,تعليق,ردود} | {تعليقا,تعليقين,تعليقك,آراء القراء}
        | {تعليقات القراء,تعليقات الزوار,تعليقات حول هذا الموضوع,تعليقات على الخبر}
        | {أضف,إضافة,اكتب,اترك,إرسال,أرسل,انشر,ضع} {تعليق,تعليقا,تعليقك,ردا,رد} {,جديد,جديدا}
        | لا {توجد,يوجد} {تعليقات,تعليق,أي تعليقات} {,حتى الآن,على الخبر}
        | {علق,رأيك,شاركنا رأيك,شاركنا برأيك,شارك برأيك} {,يهمنا} | اضف تعليقا واقرأ تعليقات القراء
        | {نظر,نظرات,نظرات کاربران,دیدگاه,دیدگاه ها,ارسال نظر,نظر شما,ثبت نظر}
        | {تبصرے,تبصرہ,تبصرہ کریں}
        | {תגובות,תגובה,הוסף תגובה,כתוב תגובה,הגב}
        | {,no,add,post,write,leave,view,show,join,all} {,a} {comment,comments,reply} {,yet}
        | {comments closed,comments are closed,join the conversation}
        | {join the discussion,discussion,leave a reply}
        | {كن أول من يعلق,كن أول المعلقين,be the first to comment}
        | {responses,reply cancel reply,leave a reply cancel reply,what do you think}
        | {commentaires,commentaire,commenter,laisser un commentaire,réagir,vos réactions}
        | {kommentare,kommentar,kommentieren,kommentar schreiben,leserkommentare}
        | {keine,ein,schreibe einen,schreiben sie einen} {kommentar,kommentare}
        | {hinterlasse einen,hinterlassen sie einen} kommentar
        | {aucun,pas de,laissez un,ajouter un,écrire un} {commentaire,commentaires}
        | {no hay,sin,deja un,deja tu,dejar un,escribe un} {comentario,comentarios}
        | {nenhum,sem,deixe um,deixe seu} {comentário,comentários}
        | {nessun,lascia un,scrivi un} commento | {geen,plaats een} {reactie,reacties}
        | {comentarios,comentario,comentar,deja un comentario}
        | {commenti,commento,lascia un commento}
        | {comentários,comentário,comentar,deixe um comentário} | {reacties,reageer,reactie}
        | {komentarze,dodaj komentarz} | {yorumlar,yorum yap,yorum}
        | {cancel reply,write a comment,discussion about this post}
        | {your email address will not be published,required fields are marked}
        | {комментарии,комментарий,оставить комментарий,обсудить}""",
    "tags": """
        {كلمات,كلمة} {مفتاحية,دلالية,دالة,دليلية}
        | {الكلمات,الكلمة} {المفتاحية,الدلالية,الدالة,الدليلية}
        | {,ال}{وسوم,أوسمة,تاج,تاجات,تاغات,وسم,مواضيع الخبر,دلالات} | علامات
        | {برچسب,برچسب ها,برچسبها,کلیدواژه ها,کلید واژه,کلمات کلیدی}
        | {ٹیگز,ٹیگ} | {תגיות,תגיות קשורות}
        | {tags,tag,tagged,tagged with,filed under,topics}
        | {keywords,related topics,topics in this article,in this article,categories,category}
        | {mots clés,thèmes,étiquettes} | {themen,schlagworte,schlagwörter,stichworte,alle themen}
        | {etiquetas,temas,archivado en} | {argomenti,etichette} | {assuntos,marcadores}
        | {onderwerpen,trefwoorden} | {tagi,tematy,słowa kluczowe} | etiketler
        | {теги,темы,метки}""",
    "newsletter": """
        {النشرة,نشرتنا} {البريدية,الإخبارية} | نشرة {بريدية,إخبارية}
        | {اشترك,اشتركوا,سجل,الاشتراك} {,الآن} في {نشرتنا,النشرة} {,البريدية,الإخبارية}
        | {القائمة البريدية,اشترك,اشتراك,اشترك الآن,اشترك معنا} | {خبرنامه,عضویت در خبرنامه}
        | نیوزلیٹر | {ניוזלטר,הרשמה לניוזלטר}
        | {,our,the,daily} {newsletter,newsletters} {,sign up,signup}
        | {sign up,subscribe,get,join} {,to,for} {,our,the} {newsletter,newsletters,mailing list,
          emails} | {subscribe,email address,your email,subscribe now,email,enter your email}
        | {infolettre,inscrivez vous,s inscrire à la newsletter,newsletters}
        | {newsletter abonnieren,newsletter bestellen} | {boletín,suscríbete,suscríbase}
        | {iscriviti alla newsletter,iscriviti} | {assine a newsletter,receba nossa newsletter}
        | nieuwsbrief | {zapisz się,biuletyn} | {bülten,e bülten}
        | {рассылка,подписка на рассылку}""",
    "advert": """
        {إعلان,اعلان,إعلانات,الإعلانات,اعلانات,مساحة إعلانية,مادة إعلانية}
        | {إعلان ممول,محتوى ممول,ممول,برعاية,محتوى برعاية,رعاية}
        | {تبلیغات,آگهی,رپورتاژ,محتوای تبلیغاتی} | {اشتہار,اشتہارات} | {פרסומת,ממומן,תוכן שיווקי}
        | {,continue reading below} {advertisement,advertisment,advert,ad,ads}
        | {scroll down for,article continues below} {advertisement,advertisment,advert,ad,ads}
        | {story,article} continues {below,after} {,this} {ad,advertisement}
        | {story,article} continues {,below}
        | {sponsored,sponsored content,paid content,promoted,advertorial}
        | {partner content,paid post,adchoices,ad feedback}
        | {publicité,annonce,contenu sponsorisé,la suite après la publicité,sponsorisé}
        | {anzeige,werbung,anzeigen,gesponsert}
        | {publicidad,anuncio,patrocinado,contenido patrocinado} | {pubblicità,sponsorizzato}
        | {publicidade,anúncio,continua após a publicidade} | {advertentie,reclame}
        | {reklama,materiał sponsorowany} | {reklam,sponsorlu} | {реклама,на правах рекламы}""",
    "copyright": """
        {,جميع,كل,كافة} {حقوق,الحقوق} {,النشر,الطبع,الطبع والنشر,النشر والطبع,الملكية} {,محفوظة,
          محفوظه} {,لنا} | {حقوق النشر,حقوق الطبع والنشر}
        | {تمامی,کلیه} حقوق {محفوظ است,این سایت محفوظ است}
        | {جملہ,تمام} حقوق {بحق محفوظ ہیں,محفوظ ہیں} | כל הזכויות שמורות
        | {all,some} rights reserved | copyright | tous droits réservés | alle rechte vorbehalten
        | todos los derechos reservados | tutti i diritti riservati | todos os direitos reservados
        | alle rechten voorbehouden | wszelkie prawa zastrzeżone | {tüm,her} hakkı saklıdır
        | все права защищены""",
    "login": """
        {تسجيل,سجل} {دخول,الدخول,دخولك,الخروج,حساب}
        | {دخول,حسابي,إنشاء حساب,تسجيل,اسم المستخدم,كلمة المرور,كلمة السر}
        | {نسيت كلمة المرور,نسيت كلمة السر,أسم الدخول,اسم الدخول,عضو جديد,التسجيل}
        | {ورود,ثبت نام,عضویت,رمز عبور} | {لاگ ان,رجسٹر} | {התחבר,התחברות,הרשמה,כניסה}
        | {log,sign} {in,out,up,on} | {login,logout,register,my account,account,create account}
        | {password,username,forgot password,forgot your password,sign in to comment}
        | {connexion,se connecter,s identifier,mon compte,s inscrire,déconnexion}
        | {anmelden,abmelden,registrieren,mein konto,einloggen}
        | {iniciar sesión,registrarse,mi cuenta} | {accedi,registrati} | {entrar,minha conta}
        | {inloggen,registreren} | {zaloguj się,zarejestruj się,logowanie}
        | {giriş yap,üye ol,giriş} | {войти,вход,регистрация}""",
    "consent": """
        {سياسة,بيان} {الخصوصية,ملفات تعريف الارتباط,الكوكيز}
        | {شروط,اتفاقية} {الاستخدام,الخدمة,استخدام الموقع} | الشروط والأحكام
        | {موافق,أوافق,قبول,أقبل,رفض,قبول الكل} {,على ملفات تعريف الارتباط}
        | {سیاست حفظ حریم خصوصی,حریم خصوصی} | رازداری کی پالیسی | {מדיניות פרטיות,תנאי שימוש}
        | {privacy,cookie,cookies} {,policy,notice,settings,preferences,statement}
        | {terms,terms of use,terms of service,terms and conditions,terms conditions}
        | {accept,accept all,accept all cookies,accept cookies,reject all}
        | {reject,i agree,agree,got it,manage consent}
        | {your privacy choices,do not sell my personal information}
        | {do not sell or share my personal information,ok}
        | {mentions légales,politique de confidentialité,tout accepter,accepter,gestion des cookies}
        | {datenschutz,datenschutzerklärung,impressum,nutzungsbedingungen,agb,akzeptieren,
          alle akzeptieren} | {política de privacidad,política de cookies,aviso legal,aceptar}
        | {informativa privacy,cookie policy,accetta}
        | {política de privacidade,termos de uso,aceitar} | {privacybeleid,privacyverklaring}
        | {polityka prywatności,regulamin} | {gizlilik politikası,çerez politikası,kabul et}
        | {политика конфиденциальности,пользовательское соглашение}
        | {externer inhalt,externe inhalte,externen inhalt anzeigen,externer inhalt nicht verfügbar}
        | empfohlener {redaktioneller,externer} inhalt | ein klick für den datenschutz
        | {external,third party,recommended external} content {,not available}
        | this content is not available
        | view this post on instagram | {contenu,contenus} externe{,s}
        | ce contenu n est pas disponible | contenido externo
        | {contenuto esterno,contenuti esterni,externe inhoud,treść zewnętrzna,eksternt innhold,
          externt innehåll} | محتوى خارجي""",
    "navigation": HOME
    + """
        | {من نحن,من نحن؟,اتصل بنا,إتصل بنا,تواصل معنا,للتواصل}
        | {للإعلان,أعلن معنا,اعلن معنا,هيئة التحرير,خريطة الموقع}
        | {خارطة الموقع,القائمة,القائمة الرئيسية,بحث,ابحث,البحث,أقسام الموقع,الأقسام,إغلاق,أغلق}
        | {السابق,التالي,العودة,رجوع,الخبر السابق,الخبر التالي}
        | {المقال السابق,المقال التالي,تجاوز إلى المحتوى الرئيسي,تخطي إلى المحتوى,انتقل إلى المحتوى}
        | {أعلى الصفحة,العودة إلى الأعلى,العودة للأعلى,الى الاعلى,الأرشيف}
        | {التنقل,فهرس,تحميل المزيد}
        | {تماس با ما,درباره ما,جستجو,آرشیو,پیوندها,بازگشت به بالا}
        | {ہم سے رابطہ کریں,ہمارے بارے میں,رابطہ,تلاش}
        | {צור קשר,אודות,חיפוש,תפריט}
        | {menu,main menu,search,about,about us,contact,contact us,site map,sitemap}
        | {skip to content,skip to main content,skip to navigation,back to top,back,next}
        | {previous,prev,close,close menu,open menu}
        | {toggle navigation,navigation,post navigation,breadcrumb,breadcrumbs,next article}
        | {previous article,next post,previous post,next story,previous story}
        | {advertise,advertise with us,load more}
        | {site index,quick links,table of contents,contents,on this page}
        | {rechercher,recherche,contact,qui sommes nous,plan du site}
        | {retour,retour en haut,fermer,suivant,précédent,aller au contenu}
        | {suche,suchen,kontakt,über uns,menü}
        | {zur startseite,schließen,nächster artikel,vorheriger artikel,nach oben,
          zum inhalt springen}
        | {buscar,contacto,quiénes somos,menú,cerrar,siguiente,anterior}
        | {cerca,contatti,chi siamo,chiudi} | {início,pesquisar,contato,quem somos,fechar}
        | {zoeken,over ons,sluiten} | {szukaj,kontakt,o nas,zamknij}
        | {ara,iletişim,hakkımızda,künye,kapat}
        | {поиск,контакты,о нас,о проекте,закрыть,меню}""",
    "video": """
        {,ال,بال,شاهد بال}{فيديو,فديو} | {مقاطع,مقطع} فيديو | {,ال}فيديوهات | شاهد {الفيديو,المقطع}
        | {ویدئو,ویدیو,فیلم,تماشا کنید} | {ویڈیو,ویڈیوز} | {וידאו,סרטון,צפו}
        | {video,videos,watch,watch video,watch the video,watch now,play,play video,watch live,live,
          live tv} | {vidéo,vidéos,en vidéo,regarder} | {vídeo,vídeos,ver video}
        | {guarda il video,film,wideo,видео}""",
    "gallery": """
        {صور,الصور,صورة,ألبوم,ألبومات,بالصور,معرض الصور,ألبوم الصور,شاهد الصور,إنفوجراف,إنفوغراف,
          انفوجرافيك} | {عکس,گالری,گالری عکس,تصاویر} | {تصویر گیلری,تصاویر} | {תמונות,גלריה}
        | {gallery,photo gallery,photos,pictures,in pictures,slideshow,view gallery,image gallery,
          images,photo} | {photos,diaporama,en images,galerie}
        | {bildergalerie,fotostrecke,fotos,bilder} | {galería,fotogalería,fotos,imágenes}
        | {fotogallery,foto,galleria} | {fotogaleria,zdjęcia,galeria} | {foto galeri,fotoğraflar}
        | {фото,фотогалерея}""",
    "listen": """
        {استمع,استمعوا,اسمع,للاستماع} {,إلى} {,الخبر,المقال,المقالة} | استمع
        | {listen,audio,podcast,listen to this article,listen to article,listen now}
        | {écouter,écouter l article,podcasts} | {anhören,artikel anhören,vorlesen}
        | {escuchar,ascolta,ouvir,luister,posłuchaj,dinle,слушать}""",
    "end": "{انتهای,پایان} {پیام,خبر} | انتهى {,الخبر,المقال}",
    "paywall": """
        {مشترك,للمشتركين,للمشتركين فقط,محتوى حصري,محتوى للمشتركين}
        | {subscribers only,for subscribers,subscriber only,subscribe to read}
        | {subscribe to continue reading,already a subscriber,premium,exclusive}
        | {réservé aux abonnés,article réservé aux abonnés,abonnez vous,déjà abonné}
        | {nur für abonnenten,jetzt abonnieren,abo,abo testen,abonnieren}
        | {solo para suscriptores,suscríbete para seguir leyendo}""",
    "source": """
        {المصدر,المصادر,مصدر الخبر,نقلا عن,المصدر الأصلي} | {منبع,منابع} | {ذریعہ,بشکریہ} | מקור
        | {source,sources,original source} | {quelle,quellen} | {fuente,fuentes}
        | {fonte,fonti,fontes} | bron | źródło | kaynak | источник""",
    "notes": """
        {ال,}{هوامش,مراجع,حواشي} | المصادر والمراجع | المراجع والمصادر | منابع و مآخذ | پی نوشت
        | حوالہ جات | הערות שוליים
        | {references,footnotes,endnotes,notes and references,works cited}
        | {quellenangaben,literaturverzeichnis,fußnoten,einzelnachweise,anmerkungen}
        | {références,notes et références,bibliographie} | {referencias,bibliografía,notas al pie}
        | {note a margine,riferimenti,bibliografia} | {referências,notas de rodapé}
        | {przypisy,źródła} | kaynakça | dipnotlar | сноски | примечания | {voetnoten,bronnen}""",
    "photo-credit": """
        {تصوير,الصورة,صورة من,مصدر الصورة,عدسة,حقوق الصورة,الصور,مصدر الصور,تعليق الصورة,المصور}
        | {عکاس,عکس از} | תצלום | צילום
        | {photo,photos,photograph,image,picture,file photo,getty images,image credit}
        | {photo credit,image source,image caption,photo by,credit,pic,illustration,image copyright}
        | {crédit photo,crédits,photographie} | {foto,bild,bildquelle,fotos,symbolbild}
        | {foto de,crédito,imagen} | foto di | crédito da foto | {fot,zdjęcie} | {fotoğraf,фото}""",
    "updated": """
        {آخر,أخر,تم} {ال,}{تحديث,تعديل} | {حُدّث,حدثت,محدث,تحديث,تحديثه,تحديثها,تعديل,عُدّل,عدلت}
        | {التحديث,التعديل,تاريخ التحديث,آخر تحديث للصفحة,تم تحديث} | به روز رسانی
        | {به روزرسانی,آخرین به روزرسانی,بروزرسانی,بروز رسانی,روزرسانی} | {اپ ڈیٹ,اپڈیٹ,آخری اپ ڈیٹ}
        | {עודכן,עדכון,עדכון אחרון} | datemodified
        | {,last,page last} {updated,modified,update,edited,reviewed,revised,changed} {,on,at}
        | {mis à jour,mise à jour,màj,modifié,actualisé,dernière mise à jour} {,le}
        | {aktualisiert,zuletzt aktualisiert,update,stand,letzte änderung,zuletzt geändert} {,am}
        | {actualizado,actualizada,última actualización,última modificación}
        | {aggiornato,ultimo aggiornamento,ultima modifica}
        | {atualizado,atualizada,última atualização,última modificação} {,em}
        | {bijgewerkt,laatst bijgewerkt,laatst gewijzigd}
        | {aktualizacja,zaktualizowano,data aktualizacji,ostatnia aktualizacja}
        | {güncelleme,güncellendi,son güncelleme}
        | {обновлено,последнее обновление} | {оновлено,aktualizováno,actualizat,frissítve}
        | {uppdaterad,uppdaterat,opdateret,oppdatert,päivitetty,diperbarui}
        | {ενημέρωση,ενημερώθηκε,τελευταία ενημέρωση} | {更新,更新日,更新日時,最終更新,最終更新日}
        | {更新时间,更新于,修改时间,更新時間} | {수정,기사수정,최종수정,업데이트}""",
    "published": """
        {نُشر,نُشرت,نشره,نشرها,النشر,تم النشر,تاريخ النشر,منشور,منشورة} {,في,بتاريخ,يوم}
        | {أضيف,أضيفت,إضافة,الإضافة} {,في,بتاريخ} | {تاریخ انتشار,انتشار,منتشر}
        | {شائع,اشاعت,شائع شدہ,تاریخ اشاعت} | {פורסם,פרסום,תאריך פרסום}
        | {datepublished,datecreated}
        | {,first} {published,publish,posted,created,issued,released,added} {,on,at,in}
        | {publication date,date published} | {publié,publiée,date de publication} {,le}
        | {veröffentlicht,erschienen,erstellt,publiziert} {,am} | {publicado,publicada} {,el,em}
        | pubblicato {,il} | gepubliceerd {,op} | {opublikowano,data publikacji,dodano}
        | {yayınlanma,yayınlandı,yayın,yayın tarihi,giriş,eklenme} | diterbitkan
        | {опубликовано,дата публикации} | {опубліковано,publikováno,publicat,megjelent,közzétéve}
        | {publicerad,publicerat,publisert,offentliggjort,udgivet,julkaistu}
        | {δημοσίευση,δημοσιεύθηκε,δημοσιεύτηκε,ημερομηνία δημοσίευσης}
        | {公開,公開日,公開日時,掲載,掲載日,配信,配信日,発行日,発行年月日,投稿日}
        | {发布,发布于,发布时间,发布日期,发表于,發布於,發布時間}
        | {입력,기사입력,등록,승인,발행,게시}""",
    "views": """
        {,عدد} {المشاهدات,القراءات,الزيارات} | {,عدد} مشاهدات | مشاهدة | قراءة | زيارة
        | {,تعداد} بازدید | {,تعداد} بازدیدها | صفحے کے مناظر | צפיות
        | {,page,total,article} {views,reads,hits} | {vote,votes} | {,nombre de} vues | lectures
        | aufrufe | visitas | vistas | visualizzazioni""",
    "reading-time": """
        {,مدة,وقت,زمن} {ال,}{قراءة,القراءة} {دقيقة,دقائق,دقيقتان} | {دقائق,دقيقة} {قراءة,للقراءة}
        | {min,minute,minutes,mins} {read,to read} | reading time {min,minutes}
        | {temps,durée} de lecture {min,minutes} | tiempo de lectura {min,minutos}
        | زمان مطالعه {دقیقه,} | زمن القراءة
        | {min,minutes} de lecture | lecture {min,minutes} | {min,minuten} lesezeit
        | lesezeit {min,minuten} | {min,minutos} de lectura | {min,minuti} di lettura
        | {min,minutos} de leitura | dk okuma | {lesedauer,lesezeit} {,min,minuten}
        | {temps,durée} de lecture | tiempo de lectura | tempo {di lettura,de leitura}
        | leestijd | okuma süresi | czas czytania | время чтения | זמן קריאה""",
    "byline": """
        {كتب,كتبت,بقلم,تحرير,إعداد,الكاتب}
        | {كاتب المقال,المحرر,عن الكاتب,نبذة عن الكاتب,مقالات الكاتب,المزيد من مقالات الكاتب}
        | {نویسنده,خبرنگار} | {مصنف,تحریر} | {מאת,כתב}
        | {by,author,authors,written by,about the author,about the authors,writer,reporter}
        | {par,auteur,l auteur} | {von,autor,autorin,über den autor} | {por,sobre el autor}
        | {di,autore} | autor | {door,auteur} | yazar | автор | {著者,作者,筆者,저자}""",
}

# What a site asks its reader's consent with: regular expressions for text as `arabic.fold` leaves
# it. Each has words without which it cannot match, so that most texts are not looked at further.
CONSENT_PATTERNS: Final = {
    "inhalt": (
        r"an dieser stelle find\w+ (?:du|sie)\b.{0,120}\binhalt"
        r"|extern\w* inhalt\w*.{0,80}\b(?:anzeig|angezeigt|laden)"
        r"|\b(?:anzeigen|laden)\b.{0,40}\bextern\w* inhalt"
    ),
    "einverstanden": (
        r"\b(?:bin|erklare) (?:ich |mich |damit )*einverstanden dass"
        r"|inhalte .{0,60} einverstanden"
    ),
    "datenschutz": (
        r"(?:mehr dazu|weitere informationen|details|hinweise) .{0,80}"
        r"\b(?:unser\w*|der) datenschutz"
        r"|(?:anmeldung|absenden|klick\w*) .{0,120}datenschutz"
    ),
    "personenbezogene": r"\bpersonenbezogene daten .{0,80}ubermittelt",
    "you agree": (
        r"\bby (?:clicking|signing|submitting|subscribing|providing|entering|continuing)"
        r".{0,120}\byou agree"
    ),
    "cookies": (
        r"\b(?:this|our) (?:web ?site|site|page)s? uses? cookies"
        r"|\bwe (?:and our partners )?(?:use|store) cookies"
        r"|\b(?:accept|enable|allow)\w* .{0,40}cookies .{0,60}"
        r"\b(?:view|see|watch|show|load|display)"
        r"|\b(?:wir|webs[ei]i?te) (?:verwende[nt]|nutz(?:t|en)|benutzt) cookies"
        r"|\b(?:korzystamy z|uzywamy|utilizamos|usamos|nous utilisons des|utilizziamo(?: i)?"
        r"|wij gebruiken) (?:plikow )?cookies?"
        r"|\bcookies .{0,80}(?:pour (?:visualiser|afficher|voir)|para ver|per visualizzare"
        r"|om .{0,40} te bekijken)"
    ),
    "partners": (
        r"^we and our (?:\d+ )?(?:trusted )?partners\b.{0,20} (?:store|use|access|process)\b"
    ),
    "affili": (
        r"\b(?:contain|include|use)s? (?:some )?affiliate (?:links|ones)"
        r"|\baffiliate links .{0,80}\b(?:earn|commission)"
        r"|\benthalt .{0,30}affiliate links?\b|\baffiliate links?\b.{0,120}\bprovision"
        r"|\bbevat .{0,30}affiliate links?\b|\bliens? (?:d )?affili\w+ .{0,120}\bcommission"
        r"|\bcontient .{0,30}liens? (?:d )?affili|\bcontiene link (?:di )?affiliazion"
    ),
    "afili": (
        r"\bcontien\w* enlaces (?:de )?afiliad|\bcontem links (?:de )?afiliad"
        r"|\benlaces de afiliad\w+ .{0,120}\bcomision|\blinki afiliacyjne"
    ),
    "amazon": (
        r"\bamazon associate .{0,20}\bearn|\bamazon partner (?:verdien|erhalt)"
        r"|\b(?:partenaire|afiliado de|affiliato) amazon\b"
    ),
    "compensation": (
        r"\bwe (?:may|might|can) (?:receive|get|earn)\b.{0,40}compensation\b"
        r".{0,40}\b(?:click|link|buy|purchase)"
    ),
    "click here": (
        r"\bclick here (?:for more\b.{0,40}\b(?:news|stories|opinion|coverage)"
        r"|to (?:get|download) the\b.{0,40}\bapp)$"
    ),
    "external content": r"\bagree (?:that|to) .{0,60}\bexternal content",
    "download": (
        r"\b(?:download|get|install) (?:the|our)\b.{0,40}\bapps?\b"
        r".{0,40}\b(?:ios|android|iphone|(?:app|play) store|google play)\b"
    ),
    "comments": (
        r"\b(?:views|opinions) expressed (?:in the comments|below)\b"
        r"|^(?:all |reader )?comments (?:are|will be) (?:moderated|reviewed)"
    ),
    "kommentar": r"^kommentare (?:werden|sind) .{0,60}(?:moderiert|gepruft|freigeschaltet)",
    "المحتوى من": r"^(?:هذا )?المحتوي من \w+$",
    "this audio": r"^this audio (?:is|was) (?:generated|read|created) (?:by|using|with)\b",
    "this summary": r"^this summary (?:is|was) (?:generated|written|created) (?:by|using|with)\b",
    "automated voice": r"^this (?:article|story) (?:is|was) read by an automated voice",
    "تطبيق": (
        r"^(?:حمل\w*|نزل\w*|لتحميل|لتنزيل) (?:الان )?تطبيق\b.{0,40}"
        r"\b(?:ليصلك|لتصلك|لمتابعه|اخبار|الاخبار|عاجل|اولا باول|متجر|بلاي|اندرويد|ايفون)"
    ),
    "الآراء": r"الاراء (?:الوارده|المنشوره) (?:ادناه|في التعليقات) .{0,40}لا تعبر",
    "التعليقات": (
        r"(?:^التعليقات|الاراء في التعليقات) .{0,60}لا تعبر|مراجعه التعليقات قبل نشر"
        r"|\bغير مسوول\w* عن .{0,20}التعليقات"
    ),
    "عن رأي": (
        r"^(?:\w+ ){0,3}(?:الاراء|اراء|المقال|المقالات|المقاله|المواد|المنشورات"
        r"|ما (?:ينشر|ورد|يرد|جاء))\b.{0,80}\b(?:ي|ت)?عبر\w* .{0,20}\bعن راي\w* "
    ),
    "بالضرورة": (
        r"^(?:\w+ ){0,3}(?:الاراء|اراء|المقال|المقالات|المقاله|المواد|ما (?:ينشر|ورد|يرد|جاء))"
        r"\b.{0,80}\bلا (?:ي|ت)(?:عبر|عكس|مثل)\w* بالضروره\b"
    ),
    "דעות": r"^הדעות (?:המובאות|המובעות|הנכתבות|המופיעות) .{0,40}(?:דעת|עמדת|הכותב)",
    "n'engage": r"^les opinions (?:exprimees|contenues) .{0,60}\bn engage\w* que",
    "opiniones": (
        r"^las opiniones (?:vertidas|expresadas|contenidas) .{0,80}\b(?:no |responsabilidad)"
    ),
    "opinions expressed": (
        r"^(?:the )?(?:views and )?opinions expressed .{0,60}"
        r"\b(?:are (?:those|his|her|their|the author)|do not|belong)"
    ),
    "views expressed": (
        r"^(?:the )?views expressed .{0,60}"
        r"\b(?:are (?:those|his|her|their|the author)|do not|belong)"
    ),
    "تحمل": (
        r"\bو?لا يتحمل (?:الموقع|الناشر|المحرر)\b.{0,30}\bمسوولي"
        r"|\bو?لا تتحمل (?:الصحيفه|الجريده|القناه|اداره)\b.{0,30}\bمسوولي"
    ),
    "الخبر": r"^نشكركم علي قراءه|^كانت هذه تفاصيل خبر|^(?:انقر|اضغط)\w* هنا لقراءه",
    "للتواصل": r"^للتواصل مع (?:ال)?(?:كاتب|كاتبه|محرر|معد)\b",
    "نتهى": r"^انتهي [\w /.]{1,8}$",
    "نظر نویسنده": r"\bنظر نويسنده .{0,20}\b(?:است|بوده)\b",
    "متفق": r"\bمتفق \w+ ضروري ن\w+$",
    "הכתבות": r"^לכל הכתבות של ",
    "ctrl": r"\bctrl enter\b",
    "newsletter": r"\bnewsletter (?:jetzt )?(?:abonnieren|bestellen|anmelden)$",
    "not be published": r"^your email address will not be published",
    "بريدك": r"^لن يتم نشر عنوان بريدك",
    "منتشر نخواهد شد": r"^نشاني ايميل شما منتشر نخواهد شد",
    "לא יוצג": r"^האימייל (?:שלך )?לא יוצג באתר",
    "pas publiée": r"^votre adresse .{0,10}mail ne sera pas publiee",
    "nicht veröffentlicht": r"^(?:deine|ihre) e mail adresse wird nicht veroffentlicht",
    "publicada": r"^tu direccion de correo electronico no sera publicada",
    "publicado": r"^o seu endereco de e mail nao sera publicado",
    "pubblicato": r"^il tuo indirizzo email non sara pubblicato",
    "опубликован": r"^ваш адрес email не будет опубликован",
    "abonnés": r"\bla suite est reservee aux abonnes",
    "javascript": (
        r"^(?:please|you (?:need|have) to|bitte|veuillez|por favor)\b.{0,40} javascript\b"
    ),
    "جافا": r"^(?:يرجي|الرجاء|من فضلك) (?:تفعيل|تمكين) (?:ال)?جافا",
    "permission": r"\bwe (?:need|ask for) your (?:permission|consent)",
    "consent": r"\b(?:your|give|need) consent .{0,80}\b(?:content|load|view|display|embed)",
    "ce contenu": r"\bce contenu (?:est|n est|a ete) .{0,80}(?:bloque|disponible|cookies)",
    "este contenido": r"\bpara ver este contenido|\beste contenido .{0,60}cookies",
    "الارتباط": r"(?:نستخدم|يستخدم (?:هذا )?الموقع) .{0,40}ملفات (?:تعريف )?الارتباط",
    "توافق": r"(?:باشتراكك|بالضغط|بتسجيلك|بالنقر) .{0,80}توافق علي",
}

# The same of what it offers: its newsletter, and what its subscribers have.
OFFER_PATTERNS: Final = {
    "if you": (
        r"^if you (?:enjoyed?|liked?|love|found|value|appreciate)\b.{0,60}"
        r"\b(?:consider (?:supporting|subscribing|sharing|a donation)|subscribe|become a)"
    ),
    "feel free": r"\bfeel free to share (?:it|this)$",
    "new posts": r"\bsubscribe\b.{0,30}\bto receive new posts\b",
    "faites un don": r"\bfaites un don$",
    "gefällt": (
        r"(?:\bgefallt (?:dir|ihnen|euch)|^(?:dir|ihnen|euch) gefallt)\b.{0,80}"
        r"\b(?:mitglied|unterstutz\w*|abonn\w*)"
    ),
    "أعجبك": r"^(?:اذا|ان) اعجبك\w*\b.{0,60}\b(?:ادعمنا|ادعمونا|شاركه|تابعنا|اشترك)",
    "рассылк": r"^подпи[сш]\w+ на (?:\w+ ){0,2}рассылк",
    "公众号": r"关注.{0,30}公众号",
    "公眾號": r"關注.{0,30}公眾號",
    "二维码": (
        r"^(?:长按|请)?(?:扫描|扫码|识别).{0,8}二维码.{0,12}"
        r"(?:下载|关注|客户端|公众号|订阅|加入)"
    ),
    "订阅": r"^.{0,24}订阅.{0,12}(?:通讯|简报|电子报|邮件)",
    "訂閱": r"^.{0,24}訂閱.{0,12}(?:通訊|簡報|電子報|郵件|頻道)",
    "我们的": r"^(?:欢迎|请|立即)?(?:订阅|关注|下载|加入|扫码)我们的",
    "我們的": r"^(?:歡迎|請|立即)?(?:訂閱|追蹤|下載|加入)我們的",
    "请关注": r"请关注.{0,16}(?:官方|微博|微信)",
    "客户端": r"^(?:欢迎|请|立即|点击)?下载.{0,8}客户端",
    # Folded, the sign of a voiced sound is a character of its own.
    "公式アカウント": r"アカウント.{0,16}(?:友た.?ち追加|フォロー|登録)",
    "メールマガジン": r"マカ.?シ.?ン.{0,12}(?:登録|購読)",
    "メルマガ": r"メルマカ.?.{0,12}(?:登録|購読)",
    "友だち追加": r"友た.?ち追加",
    "チャンネル登録": r"ンネル登録(?:を|お願い|はこちら|して)",
    "アプリを": r"リを(?:無料て.?)?(?:タ.?ウンロート.?|インストール)(?:する|しよう|はこちら|$)",
    "تبرع": r"^تبرع(?:وا)? (?:لدعم|الان|معنا)|نعتمد علي (?:قرائنا|دعمكم|تبرعاتكم)",
    "subscriber": (
        r"\balready a(?: \w+)? subscriber\b.{0,60}\blog"
        r"|\bconsider becoming an? (?:\w+ ){0,4}subscriber"
    ),
    "articles": r"\byou(?: ve| have)? read .{0,30}\barticles?\b.{0,40}\b(?:month|year|week|free)\b",
    "unsubscribe": r"\b(?:you can|you may|easily) unsubscribe\b|\bunsubscribe (?:at )?any ?time\b",
    "receiving this": r"\byou(?: are| re)? receiving this\b.{0,40}\b(?:because|as|since)\b",
    "sie erhalten": r"\bsie erhalten dies\w* (?:e ?mail|newsletter)\b.{0,20}\bweil\b",
    "recibe": r"\b(?:recibes|recibe) este (?:correo|boletin|mensaje)\b.{0,20}\bporque\b",
    "vous recevez": (
        r"\bvous recevez (?:cet e ?mail|cette lettre|cette newsletter)\b.{0,20}\b(?:car|parce)\b"
    ),
    "cancel any": r"\bcancel any ?time\b.{0,30}$",
    "unlimited": r"^(?:try|get|enjoy|start)\b.{0,20} unlimited (?:digital )?access\b",
    "abonn": (
        r"\b(?:article|contenu|texte)\b.{0,20}\breserve\w* (?:aux|a nos) abonn"
        r"|\b(?:nur|exklusiv|ausschliesslich) fur (?:unsere )?abonn"
        r"|\b(?:alleen|uitsluitend)\b.{0,30}\bvoor (?:onze )?abonnees"
        r"|\b(?:forbeholdt|kun for|bara for|endast for) (?:vara |vare )?(?:abonnenter|abonnement)"
    ),
    "prenumerat": (
        r"\b(?:dostep\w*|tylko|wylacznie)\b.{0,40}\bdla (?:naszych )?prenumerat|\bfor prenumerat"
    ),
    "suscriptor": r"\b(?:solo|exclusiv\w*|reservad\w*) (?:para|a) (?:los |nuestros )?suscript",
    "assinante": r"\b(?:so|exclusiv\w*|reservad\w*) (?:para|a) (?:os |nossos )?assinante",
    "abbonat": r"\b(?:solo|esclusiv\w*|riservat\w*) (?:per|a|ai|agli) (?:gli |soli )?abbonat",
    "předplatitel": r"\b(?:pouze|jen|vyhradne) pro (?:nase )?predplatitel",
    "подписчик": r"\bтолько (?:для )?(?:наших )?подписчик",
    "postfach": (
        r"\b(?:nachrichten|themen|newsletter|news|meldungen)\b.{0,80}"
        r"\bin (?:ihr|dein)\w* postfach"
    ),
    "subscribe": (
        r"\bsubscribe\b.{0,60}\bfull (?:story|article)"
        r"|\bfull (?:story|article)\b.{0,40}subscribe"
    ),
}

# In a line that says whose the rights are.
RESERVED: Final = (
    "محفوظه reserved vorbehalten 무단 무단전재 무단복제 재배포 저작권자 無断転載 無断転載禁止"
    " 無断転載を禁じます 未经授权 版权所有 版權所有"
)

# What a site advertises its own channels with: within one line somebody is asked to do something,
# with something of ours, by one of these names. In the form that `arabic.fold` gives.
PROMOTED: Final = (
    "whatsapp telegram newsletter google discover بريدك يوتيوب youtube قناتنا صفحتنا کانال فالو"
    " дзен واتس تلغرام تليغرام تيليغرام تليجرام تلجرام"
    " تلگرام تيليجرام نيوز النشر نشرت تطبيق خبرنام اپل واٹس ٹيلی ٹیلی ٹيلي ايپ ایپ נייזלטר ניוזלטר"
    " וואטסאפ ווטסאפ טלגרם אפליקצי דיוור inbox app boletin boletín bulletin infolettre lettre"
    " рассылк"
    " aplicaci aplicativ aplikasi applicazione journalis periodis giornalis jornalis spende donat"
    " boîte postfach"
    " donaci donazi صحافتنا تبرعك"
    " телеграм ватсап вотсап приложени biuletyn aplikacj كانال bülten uygulama kanal nieuwsbrief"
    " dons maand monatlich mensual mensile mensal miesięcznie měsíčně"
    " viber ενημερωτικ nyhetsbrev nyhedsbrev uutiskirje hírlev buletin zpravodaj"
    " patreon dziennikarst журналист gazeteci روزنامه‌نگاری الصحافة עיתונות"
    " presse aplicaç بله ایتا روبیکا یوٹیوب لیٹر пожертвован донат вконтакте εφαρμογ"
)
# Those words of requests that ask in English alone, and in other languages alone: they are looked
# for only in a story that may be in such a language; what stands in neither list, in every story.
ENGLISH_REQUESTS: Final = (
    "you agree|compensation|click here|external content|download|comments|not be published"
    "|permission|consent|this audio|this summary|automated voice|opinions expressed"
    "|views expressed|subscriber|articles|unsubscribe|receiving this|cancel any|unlimited|subscribe"
    "|patreon|if you|feel free|new posts"
)
OTHER_REQUESTS: Final = (
    "boletin|infolettre|lettre|aplicaci|aplicativ|aplikasi|applicazione|periodis|giornalis"
    "|jornalis|spende|postfach|donaci|donazi|biuletyn|aplikacj|uygulama|kanal|nieuwsbrief|dons"
    "|maand|monatlich|mensual|mensile|mensal|nyhetsbrev|nyhedsbrev|uutiskirje|buletin|zpravodaj"
    "|inhalt|einverstanden|datenschutz|personenbezogene|afili|kommentar|n'engage|opiniones"
    "|publicada|publicado|pubblicato|ce contenu|este contenido|sie erhalten|recibe|vous recevez"
    "|abonn|prenumerat|suscriptor|assinante|abbonat|faites un don|gefällt|dziennikarst|gazeteci"
    "|presse|aplicaç"
)
ASKED_TO: Final = (
    r"join|follow|subscribe|ikuti|gabung|simak|dapatkan|لا تنس\w*|زور\w*"
    r"|احصل\w*|يمكنك\w*(?: الان)? متابعه|sign up|signing up|download|like us|support|donate|ساهم\w*"
    r"|(?:please )?consider (?:supporting|making|giving)"
    r"|become an? (?:member|supporter|patron)|unterstutz\w*|spende\w*|soutenez|faites un don"
    r"|apoya\w*|dona|apoie|doe|sostieni|ادعم\w*|تبرع\w*"
    r"|(?:get|receive) (?:the|our|all|more|breaking|daily)|انضم\w*|للانضمام|تابع\w*"
    r"|لمتابع\w*|اشترك\w*|للاشتراك|سجل|حمل\w*|لتحميل|لتنزيل|دنبال|بپيونديد|عضو|مشترك|دانلود|جواين|فالو"
    r"|سبسكرائب|ڈاو?ن لوڈ|הצטרפו|הצטרף|עקבו|הירשמו|הורידו|לחצו|abonn\w*|folg\w*|anmeld\w*|meld\w*"
    r"|lad\w*|registrier\w*|suscrib\w*|unete|unanse|sigue\w*|siga\w*|siguenos|descarg\w*|recib\w*"
    r"|rejoign\w*|suivez|telecharg\w*|inscri\w*|recev\w*|iscriv\w*|segui\w*|scarica\w*|unisciti"
    r"|assine|receba|junte|baixe|zapisz\w*|dołacz\w*|obserwuj\w*|pobierz\w*|sledz\w*|abone|takip"
    r"|indirin?|katıl\w*|подпи[сш]\w*|присоедин\w*|скача\w*|следите|volg\w*|ontvang\w*"
    r"|ακολουθ\w*|εγγραφ\w*|γινετε|κατεβαστε|підпи[сш]\w*|приєдн\w*|завантаж\w*|sledujte|odebir\w*"
    r"|prihlas\w*|iratkoz\w*|kovess\w*|csatlakoz\w*|urmari\w*|folj|prenumer\w*|følg|tilaa"
    r"|seura\w*|steun\w*|doneer\w*|wesprzyj\w*|wspieraj\w*|podporte|поддерж\w*|støtt?\w*|stod"
    r"|destek\w*|dukung\w*|bergabung\w*|mari|ikuti|dapatkan|unduh"
    r"|سبسكرايب|حمايت|درج|نصب|ثبت نام|فكر في التبرع|kaydol\w*|hol(?:en)?|auf dem laufenden"
    r"|registrat\w*|sostien\w*|clicca qui|inscrev\w*|установ\w*|zasubskryb\w*|add us"
    r"|subscrev\w*|descarreg\w*|entre n[ao]|entra (?:en|nel)|читаите|hazte"
    r"|оформи\w*|ادعمونا|ادعمنا|תמכו|faites|soutiens|abbonati|werde\w* mitglied"
)
OURS: Final = (
    r"our|us|kami|your inbox|بريدك|(?:علي|عبر) (?:غوغل|جوجل|google) (?:نيوز|news)"
    r"|לניוזלטר|את האפליקציה"
    r"|votre boite|ihr\w* postfach|dein\w* postfach|(?!\w*علنا\b)\w{3,}نا|ما را"
    r"|(?:كانال|تلگرام|واتساپ|اپليكيشن|خبرنامه)(?: \w+)? ما|همار\w*|هميں|שלנו|אחרינו|unser\w*|uns"
    r"|notre|nos|nous|nuestr\w*|nostr\w*|seguici|noss\w*|nas|nasz\w*|onze|ons"
    r"|\w+(?:[aıieuü]m[ıiuü]z|unk|eink)\w*"  # Turkish, Hungarian
    r"|bizi\w*|наш\w*|нас|siguenos|inbox|μασ|minket|oss|os|nasi|nase|meita"
    r"|noastr\w*|urmariti ne"
    r"|(?:قناه|مجموعه|صفحه|تطبيق) (?:الموقع|الجريده|الصحيفه)|اضغط هنا|انقر هنا|من هنا|click here"
    r"|cliquez ici|hier klicken|kami|klik (?:link|di sini|disini|tautan)"
    r"|tua casella|tu correo|(?:teu|seu) e ?mail|bize"
    r"|independent journalism|unabhangig\w* journalis\w*|(?:presse|journalisme) independante?"
    r"|periodismo independiente|giornalismo indipendente|jornalismo independente"
    r"|bagımsız gazeteci\w*|независим\w* (?:журналист\w*|сми)|niezalezn\w* dziennikarst\w*"
    r"|روزنامهنگاري مستقل|الصحافه المستقله|[ובל]{0,2}עיתונות (?:עצמאית|חופשית)|sostienici"
)

# What a clause begins with that says what something is good for, before it asks for it: folded.
PURPOSES: Final = ("للمزيد", "لمزيد", "لتصلك", "ليصلك", "للاطلاع", "لتلقي", "لمعرفه", "براي")

# Agencies and desks, which a story may be credited to instead of a person.
AGENCIES: Final = """
    رويترز | رويتر | أ ف ب | ا ف ب | فرانس برس | وكالة فرانس برس | وكالة الصحافة الفرنسية | أ ب
    | أسوشيتد برس | اسوشيتدبرس | د ب أ | دبا | أ ش أ | وكالة أنباء الشرق الأوسط | وكالات | الوكالات
    | وكالة | متابعات | متابعة | بترا | واس | وام | كونا | قنا | بنا | العمانية | سانا | واع | وات
    | واج | وأج | و م ع | ومع | لاماب | وال | سونا | سبأ | وفا | معا | شينخوا | سبوتنيك | تاس
    | نوفوستي | ريا نوفوستي | إنترفاكس | الأناضول | إيرنا | إرنا | وكالة فارس | تسنيم | وكالة مهر
    | يونهاب | آكي | إفي | بلومبرغ | بلومبيرغ | CNN | BBC | بي بي سي | سي إن إن | دويتشه فيله
    | رويترز عربي | خاص | {ایرنا,ایسنا,تسنیم,ایلنا,خبرگزاری فارس,خبرگزاری مهر}
    | {اے پی پی,آن لائن,این این آئی} | רויטרס
    | {reuters,afp,ap,dpa,associated press,the associated press,agence france presse,upi,efe}
    | {ansa,lusa,anp,pap,tass,ria novosti,interfax,xinhua,ritzau,ntb}
    | {sputnik,anadolu,bloomberg,pti,ians,agencies,wires}
    | {news agencies,afp reuters,epd,kna,belga}"""

# Social networks and other ways to share or follow.
NETWORKS: Final = """
    فيسبوك | فيس بوك | الفيسبوك | تويتر | تويت | إكس | منصة إكس | واتساب | واتس اب | الواتساب
    | واتس آب | تيليجرام | تلغرام | تليغرام | تيليغرام | تلجرام | تيليكرام | انستغرام | إنستغرام
    | انستجرام | انستقرام | {,ال}يوتيوب | لينكد إن | لينكدإن | لينكدان | تيك توك | سناب شات
    | بنترست
    | مسنجر | ماسنجر | فايبر | غوغل نيوز | جوجل نيوز | أخبار جوجل | نبض | ثريدز | البريد الإلكتروني
    | البريد | بريد إلكتروني | ایمیل | تلگرام | اینستاگرام | توییتر | واٹس ایپ | فیس بک | ٹوئٹر
    | {פייסבוק,טוויטר,אינסטגרם,וואטסאפ,טלגרם,יוטיוב,טיקטוק,ٹیلی گرام,انسٹاگرام}
    | {facebook,twitter,x,whatsapp,telegram,instagram,youtube,linkedin,tiktok,tik tok}
    | {snapchat,pinterest,messenger,viber,google news,google plus,reddit,tumblr}
    | {threads,mastodon,bluesky,flipboard,pocket,email,e mail,mail,rss,vk}
    | {vkontakte,line,xing,fb,viadeo,digg,skype,wechat,weibo}"""
# Small words before and between them.
SMALL_WORDS: Final = """
    على | عبر | في | من | خلال | إلى | و | أو | مع | بواسطة | در | on | via | by | to | with | and
    | or | sur | par | et | auf | per | und | en | por | y | su | e | no | na | op | met | na | w
    | ve | ile | в | на | и"""

# What stands before "by" in bylines.
_WRITTEN: Final = (
    "article,story,text,words,report,reported,reporting,posted,published,written,authored,"
    "researched,contributed,created,tested,news"
)

# What opens a byline: a colon, a dash or a slash follows, or the name at once.
BYLINES: Final = (
    f"{{by,author,authors,von,par,por,edited by}} | {{{_WRITTEN}}} by"
    """ | {this,the} {article,post,story,report} {was,is,has been} {written,authored,contributed} by
    | {article,post,story,content} {written,authored} by | {autorin autor,autor autorin}
    | post author | {,about the} {author s,author,authors}
    | {contributor,contributors,writer,writers,reporter}
    | {كتب,كتبت,كتبها,كتبه,كتابة,يكتب,بقلم,تحرير,إعداد,أعد,أعده,أعدها,ترجمة,الكاتب,المحرر,تغطية}
    | {حوار,حاوره,حاورته,حاورها,حاورتها,حاورهم,حاورتهم,أجرت الحوار,أجرى المقابلة,أجرت المقابلة,شعر}
    | {حوار,نص,إعداد,تقرير,كتابة,تحرير} {وتصوير,وصور} | {الكاتبة,المحررة} | مصاحبه
    | {یادداشت,یادداشتی از,گفت و گو,گفتگو,گفت وگو,گفتوگو}
    | {نشر من طرف,نشرت من طرف,كتب من طرف,أضيف بواسطة,تم النشر بواسطة,أرسلت بواسطة,مرسلة من}
    | {oleh,penulis,pewarta,ditulis oleh,laporan} | {द्वारा,लेखक,संवाददाता} | {tác giả,bởi}
    | {โดย,ผู้เขียน,เรื่องโดย}
    | {protokoll,escribe,беседовала,беседовал,записала,записал}
    | {بواسطة,نشر بواسطة,كتب بواسطة,نشر من قبل,من قبل,من طرف,نشره}
    | {ترجمة وتحرير,تحرير وترجمة,ترجمة وإعداد,إعداد وترجمة}
    | {تقرير,تحقيق,مراسل,مراسلة,مراسلنا,إعداد وتحرير,كتب وحرر,تقرير من إعداد,من إعداد,كتب محرر}
    | {الصحفي,الصحفية,الصحافي,الصحافية}
    | {بقلم الكاتب,بقلم الكاتبة,اسم الكاتب,محرر الخبر,رصد,متابعة,تحليل,رأي,أجرى الحوار}
    | {نویسنده,به قلم,خبرنگار,گزارش,گزارشگر,توسط,نوشته,نگارنده,مترجم,ترجمه,گردآورنده,گردآوری}
    | {تهیه و تنظیم,تنظیم,یادداشت از,گفت و گو از,دبیر,گزارش از,گزارشی از,ترجمه از}
    | {تحریر,مصنف,رپورٹ,رپورٹر,کالم نگار,نامہ نگار,نمائندہ خصوصی}
    | {لیکوال,لیکوالان,خبریال,نووسەر,نوسەر,نووسینی,ئامادەکردنی,ڕاپۆرت}
    | {ئاپتور,ئاپتورى,مۇخبىر,مۇخبىرىمىز}
    | {מאת,כתב,כתבה,כותב,כותבת,על ידי,ע י,עי,נכתב על ידי,פורסם על ידי,נכתב ע י,פורסם ע י}
    | {,propos} {recueilli,recueillis} par | {écrit,rédigé,publié,posté} par
    | {auteur,auteure,autrice,texte,texte de}
    | {ein gastbeitrag,ein kommentar,ein beitrag,text,geschrieben,verfasst} von | {autorin,autoren}
    | {eine analyse,ein interview,ein essay,eine kolumne,eine reportage,erstellt,eingestellt} von
    | {escrito,redactado,publicado,texto} por | {autora,autores,texto,texto de,redacción}
    | {scritto,pubblicato} da | {a cura,articolo,testo} di | {autore,autrice,testo}
    | {di,da,door,autor,yazan,haber,yazar,muhabir,editör} | geschreven door
    | {skrevet,skriven,text} {av,af} | {av,af,text,tekst,forfatter,journalist}
    | {napisane przez,autorka,autorzy,opracowanie,oprac,rozmawiał,rozmawiała}
    | {από,του,της,συντάκτης,συντάκτρια,γράφει ο,γράφει η,ρεπορτάζ,επιμέλεια}
    | {автор,авторы,автор статьи,текст,корреспондент,журналист,подготовил,подготовила,підготував}"""
)

# Those of them that may open a sentence as well: only with a colon or its like it is a byline.
DOUBTFUL_BYLINES: Final = """
    {تقرير,تحقيق,حوار,تغطية,كتابة,مراسل,مراسلة,مراسلنا,المحرر,الكاتب,ترجمة,يكتب,أعد,گزارش,خبرنگار,نویسنده,
      من قبل,من طرف,رصد,متابعة,تحليل,رأي,مترجم,ترجمه,گردآوری,تنظیم,دبیر,نوشته,رپورٹ,رپورٹر}
    | {الكاتبة,المحررة,یادداشت,گفت و گو,گفتگو,گفت وگو,گفتوگو,مصاحبه}
    | {الصحفي,الصحفية,الصحافي,الصحافية} | {شعر,لیکوال,خبریال,نووسەر,نوسەر,ڕاپۆرت,ئاپتور}
    | {protokoll,escribe,беседовала,беседовал,записала,записал}
    | {authors,da,haber,autor,autora,yazan,yazar,автор,текст,writer,writers,reporter}
    | {contributor,contributors,auteur,auteure,autrice,texte,autorin,autoren,autores,texto}
    | {redacción,autore,testo,muhabir,editör,av,af,text,tekst,forfatter,journalist,autorka,autorzy}
    | {oprac,opracowanie,του,της,συντάκτης,συντάκτρια,ρεπορτάζ,επιμέλεια,авторы,корреспондент}
    | {журналист,כתב,כתבה,כותב,כותבת}"""

# East Asian bylines: what stands before the names, and what after them.
EAST_ASIAN_OPENINGS: Final = """
    本报记者 本報記者 记者 記者 作者 撰文 执笔 執筆者 執筆 著者 筆者 文責 取材・文 文 ライター
    责任编辑 기자 글쓴이 글 취재 작성자 저자"""
# What stands between them and the names of others who had a part.
EAST_ASIAN_HELPERS: Final = """
    编辑 編輯 責任編輯 责任编辑 责编 責編 摄影 攝影 校对 校對 审核 图片 来源 撮影 写真 編集
    사진 편집 그래픽 영상"""
EAST_ASIAN_CLOSINGS: Final = "記者 记者 特派員 特派员 선임기자 인턴기자 기자 특파원 통신원"

# A name with one of these words is no person's.
OFFICES: Final = """
    {فريق,قسم,هيئة,وكالة,وكالات,صحيفة,جريدة,موقع,شبكة,قناة,إدارة,مراسل,مراسلة,مراسلنا,مراسلون,تحرير,
      التحرير} | {محرر,المحرر,خاص,نيوز,أونلاين,اليوم,الأخبار,خبرگزاری,گروه,سرویس,ویب,ڈیسک,מערכת}
    | {موفد,موفدة,موفدنا,مبعوث,مبعوثة,مندوب,مندوبة,متدرب,متدربة,نت,سبورت,سبورتس,برس,بريس,ميديا}
    | {merkezi,redaksi,редакция,رقم,شماره,نمبر,מספר}
    | {رپورٹر,اسٹاف,عہدہ,تحریریه,تحریریہ,دبیر}
    | {صحافی,صحافي,صحافية,مصور,مصورة,أستاذ,أستاذة,مدرس,خبير,خبيرة,روزنامهنگار}
    | {كاتب,كاتبة,باحث,باحثة,صحفي,صحفية,أكاديمي,أكاديمية,محلل,محللة,روزنامه,کارشناس,پژوهشگر,پیام}
    | {כתב,כתבת,כתבנו,כתבי,פרשן,פרשנית,עיתונאי,עיתונאית,עורך,עורכת,نامہ,نمائندہ,خصوصی}
    | {staff,desk,team,reporter,reporters,agency,agencies,news,newsroom,editor,editors,editorial,
      correspondent}
    | {correspondents,writer,writers,contributor,contributors,senior,online,com,redaktion,rédaction,
      redação,redacción}
    | {redazione,redactie,agence,agentur,agencia,agenzia,press,media,tv,magazine,network,euronews,
      bbc,cnn} | {يورونيوز,الجزيرة,هسبريس,بوست,مباشر,تلفزيون,التلفزيون,إذاعة,مجلة,مركز}
    | {أخبار,اخبار,سياسة,رياضة,اقتصاد,محليات,مقالات,تقارير,منوعات,محلية,دولية,الرئيسية,عاجل,مجتمع}
    | {تاريخ,تاریخ,کد,العدد,عدد,القراءات,المشاهدات,الزيارات,قراءة,مشاهدة,دقيقة,دقائق,زيارة}
    | {سیاسی,اقتصادی,ورزشی,اجتماعی,فرهنگی,جامعه,ورزش,خبریں,کھیل,חדשות,ספורט,כלכלה,תרבות,פוליטי}"""

# Before a name and a slash they are its title: «المهندس/ سامي درويش».
TITLES: Final = """
    المهندس المهندسة مهندس الدكتور الدكتورة دكتور دكتورة الأستاذ الأستاذة الاستاذ أستاذ الشيخ اللواء
    العميد العقيد المستشار المستشارة المحامي المحامية السفير الإعلامي الصحفي الحاج السيد السيدة
    د م أ دکتر"""

# Given names that begin with waw; before other words in a byline waw is "and".
WAW_NAMES: Final = """
    {وليد,وائل,وسيم,وفاء,وجدي,وداد,وديع,وردة,وهبة,وهيب,وحيد,وجيه,وسام,ولاء,وعد,وصال,وضاح,واصف,وئام,
      وجدان,واثق,وسيلة,وفيق} | {وجيهة,وهاب,وهبي,وصفي,وطفاء,وجد,ورد,وجنات,والي,وارث}"""
