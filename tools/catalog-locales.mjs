/**
 * Keys of languages, locales and time zones that users of an org can have, for `tools/catalog-supplement.mjs`. The picklists are
 * restricted (platform-facts C3). Facts only; an org may have a few more.
 */

const keys = (text) => text.trim().split(/\s+/);

/** Fully supported languages, then those for end users. Platform-only languages are off until an administrator adds them. */
export const languages = keys(`
  en_US de es es_MX fr it ja sv ko zh_TW zh_CN pt_BR nl_NL da th fi ru no
  ar bg cs el en_GB hr hu in iw pl pt_PT ro sk sl tr uk vi`);

/** Locales: language and country, with the language codes of old Java versions (`in`, `iw`, `no`). */
export const locales = keys(`
  en_US en_GB en_CA en_AU en_IE en_NZ en_IN en_ZA en_SG en_HK en_MY en_PH en_MT en_CY en_AE en_BB en_BM en_BS en_BW en_BZ en_CM en_FJ
  en_GH en_GI en_GM en_GY en_JM en_KE en_KY en_LR en_MG en_MU en_MW en_NA en_NG en_PG en_PK en_RW en_SB en_SC en_SL en_SZ en_TT
  en_TZ en_UG en_VU en_WS
  de de_DE de_AT de_CH de_BE de_LU
  fr fr_FR fr_CA fr_BE fr_CH fr_LU fr_MC fr_GN fr_HT fr_KM fr_MA fr_MR
  es es_ES es_MX es_AR es_BO es_CL es_CO es_CR es_CU es_DO es_EC es_GT es_HN es_NI es_PA es_PE es_PR es_PY es_SV es_US es_UY es_VE
  it_IT it_CH nl_NL nl_BE nl_AW nl_SR pt_BR pt_PT pt_AO pt_CV pt_MZ pt_ST
  sv_SE da_DK fi_FI no_NO is_IS et_EE lv_LV lt_LT
  cs_CZ sk_SK pl_PL hu_HU ro_RO ro_MD bg_BG hr_HR sl_SI sr_RS sr_BA bs_BA mk_MK sq_AL el_GR el_CY tr_TR
  ru_RU ru_AM ru_BY ru_KG ru_KZ ru_LT ru_MD ru_PL ru_UA uk_UA be_BY
  ca_ES eu_ES ga_IE cy_GB lb_LU mt_MT rm_CH
  ja_JP ko_KR zh_CN zh_CN_PINYIN zh_HK zh_HK_STROKE zh_MO zh_MY zh_SG zh_TW zh_TW_STROKE
  ar_AE ar_BH ar_DZ ar_EG ar_IQ ar_JO ar_KW ar_LB ar_LY ar_MA ar_OM ar_QA ar_SA ar_SD ar_TN ar_YE fa_IR iw_IL
  hi_IN bn_BD bn_IN gu_IN kn_IN ml_IN mr_IN pa_IN ta_IN ta_LK te_IN ne_NP ur_PK dz_BT
  in_ID ms_MY ms_BN tl_PH th_TH vi_VN km_KH lo_LA my_MM
  az_AZ hy_AM ka_GE kk_KZ ky_KG tg_TJ ps_AF
  af_ZA xh_ZA zu_ZA am_ET ti_ET so_DJ so_SO sw_KE rn_BI yo_BJ mi_NZ`);

/** Time zones: Europe and Africa, then from east to west. */
export const timeZones = keys(`
  GMT Europe/London Europe/Dublin Europe/Lisbon Europe/Paris Europe/Berlin Europe/Madrid Europe/Rome Europe/Amsterdam Europe/Zurich
  Europe/Brussels Europe/Copenhagen Europe/Luxembourg Europe/Oslo Europe/Prague Europe/Stockholm Europe/Vienna Europe/Warsaw
  Europe/Budapest Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Sofia Europe/Istanbul Europe/Kiev Europe/Minsk Europe/Moscow
  Africa/Casablanca Africa/Algiers Africa/Lagos Africa/Cairo Africa/Johannesburg Africa/Nairobi
  Pacific/Kiritimati Pacific/Chatham Pacific/Auckland Pacific/Enderbury Pacific/Fiji Pacific/Tongatapu Asia/Kamchatka Pacific/Norfolk
  Pacific/Guadalcanal Australia/Lord_Howe Australia/Adelaide Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Brisbane
  Australia/Darwin Asia/Seoul Asia/Tokyo Australia/Perth Asia/Hong_Kong Asia/Kuala_Lumpur Asia/Manila Asia/Shanghai Asia/Singapore
  Asia/Taipei Asia/Bangkok Asia/Ho_Chi_Minh Asia/Jakarta Asia/Rangoon Asia/Dhaka Asia/Kathmandu Asia/Colombo Asia/Kolkata
  Asia/Karachi Asia/Tashkent Asia/Yekaterinburg Asia/Kabul Asia/Baku Asia/Dubai Asia/Tbilisi Asia/Yerevan Asia/Tehran Asia/Baghdad
  Asia/Kuwait Asia/Riyadh Asia/Beirut Asia/Jerusalem
  Atlantic/Cape_Verde Atlantic/Azores America/Scoresbysund Atlantic/South_Georgia America/Argentina/Buenos_Aires America/Montevideo
  America/Sao_Paulo America/St_Johns America/Santiago America/Halifax America/Puerto_Rico Atlantic/Bermuda America/Caracas
  America/Asuncion America/Bogota America/Indiana/Indianapolis America/Lima America/New_York America/Toronto America/Panama
  America/Chicago America/Winnipeg America/Regina America/El_Salvador America/Costa_Rica America/Guatemala America/Mexico_City
  America/Denver America/Edmonton America/Mazatlan America/Phoenix America/Los_Angeles America/Vancouver America/Tijuana
  Pacific/Pitcairn America/Anchorage America/Adak Pacific/Gambier Pacific/Marquesas Pacific/Honolulu Pacific/Niue Pacific/Pago_Pago`);
