/**
 * Names of the Apex Reference (API version 65.0) that this runtime lacks. One that is written comes to be found before these are
 * asked, so that none has to be struck out. Standard objects are those that programs name most.
 */

/** All that stands behind these names is missing. */
export const NAMESPACES = `
  ApexPages Approval Auth Cache Canvas ChatterAnswers CommerceBuyGrp CommerceOrders CommercePayments CommerceTax
  Compression ConnectApi Context Datacloud DataSource DataWeave Dom EventBus Flow FormulaEval Functions Invocable
  IsvPartners KbManagement LiveAgent LxScheduler Messaging Metadata Page PlaceQuote Process QuickAction Reports
  RevSalesTrxn RichMessaging Search Sfc Slack Support TerritoryMgmt TxnSecurity UserProvisioning VisualEditor Wave`;

/** Types, those of System and Schema without their namespace. */
export const TYPES = `
  AccessType Address AppExchangeTrialTemplate ApplicationReadWriteMode AsyncInfo AsyncOptions BigObjectException
  BusinessHours CanvasException Cases Collator Communities Continuation Cookie Domain DomainCreator DomainParser
  DomainType DuplicateMessageException EmailMessages EmailTemplateRenderException FatalCursorException
  FinalizerContext FlexQueue Formula FormulaRecalcFieldError FormulaRecalcResult Http HttpCalloutMock HttpRequest
  HttpResponse InstallContext InstallHandler InvalidHeaderException InvalidReadOnlyUserDmlException JSONGenerator
  JSONParser JSONToken LicenseException Location MultiStaticResourceCalloutMock OrgLimit OrgLimits PageReference
  ParentJobResult PlatformCacheException QueueableContext QueueableDuplicateSignature Quiddity
  RemoteObjectController Request ResetPasswordResult SObjectAccessDecision SandboxContext SandboxPostCopy
  SchedulableContext Security SelectOption SetupScope SoqlStubProvider StaticResourceCalloutMock StubProvider
  SupportPredictiveService TransientCursorException UninstallContext UninstallHandler
  UnsupportedOperationException Url UserManagement Version VisualforceException WebServiceCallout
  WebServiceCalloutFuture WebServiceMock XmlStreamReader XmlStreamWriter XmlTag ChildRelationship DataCategory
  DataCategoryGroupSobjectTypePair DescribeColorResult DescribeDataCategoryGroupResult
  DescribeDataCategoryGroupStructureResult DescribeIconResult DescribeTabResult DescribeTabSetResult DisplayType
  FieldSet FieldSetMember FilteredLookupInfo RecordTypeInfo SObjectDescribeOptions SObjectTypeFieldSets SoapType
  Database.Cursor Database.DMLOptions.AssignmentRuleHeader Database.DMLOptions.DuplicateRuleHeader
  Database.DMLOptions.EmailHeader Database.DeletedRecord Database.DuplicateError Database.EmptyRecycleBinResult
  Database.GetDeletedResult Database.GetUpdatedResult Database.LeadConvert Database.LeadConvertResult
  Database.MergeRequest Database.MergeResult Database.QueryLocatorChunkIterator Database.QueryLocatorIterator Site
  Network Answers Ideas QueueableDuplicateSignature.Builder AccountContactRelation AccountTeamMember
  ActivityHistory ApexLog ApexTrigger Asset Attachment CampaignMemberStatus CaseComment CollaborationGroup
  ContentDocument ContentDocumentLink ContentWorkspace Contract ContractLineItem CronTrigger CronJobDetail
  DatedConversionRate DuplicateRecordItem DuplicateRecordSet Entitlement Event EventRelation FeedComment FeedItem
  Idea Individual Knowledge__kav LoginHistory MatchingRule Note OpenActivity OpportunityContactRole
  OpportunityLineItem OpportunityTeamMember Order OrderItem PermissionSetGroup PermissionSetLicense Pricebook2
  PricebookEntry ProcessInstanceStep ProcessInstanceWorkitem Product2 Quote QuoteLineItem ServiceAppointment
  ServiceContract ServiceResource Site Solution StaticResource TaskRelation Territory2 Topic TopicAssignment
  UserTerritory2Association WorkOrder WorkOrderLineItem`;

/** Methods of types that are here, with the counts of their arguments, each a digit. */
export const MEMBERS: Readonly<Record<string, string>> = {
  AccessLevel: 'withPermissionSetId/1',
  Blob: 'toPdf/1',
  Boolean: 'addError/12',
  Crypto: `
  decrypt/4 decryptWithManagedIV/3 encrypt/4 encryptWithManagedIV/3 generateAesKey/1 sign/3 signWithCertificate/3
  signXml/45 verify/4 verifyHmac/4`,
  Database: `
  convertLead/123 deleteAsync/123 deleteImmediate/12 emptyRecycleBin/1 getAsyncDeleteResult/1 getAsyncLocator/1
  getAsyncSaveResult/1 getCursor/12 getCursorWithBinds/3 getDeleted/3 getUpdated/3 insertAsync/123
  insertImmediate/12 merge/234 releaseSavepoint/1 updateAsync/123 updateImmediate/12`,
  'Database.QueryLocator': 'iterator/0 querymore/1',
  Date: 'addError/12',
  Datetime: 'addError/12',
  Decimal: 'addError/12',
  DescribeFieldResult: `
  getByteLength/0 getCalculatedFormula/0 getCompoundFieldName/0 getController/0 getDefaultValue/0
  getDefaultValueFormula/0 getDigits/0 getFilteredLookupInfo/0 getInlineHelpText/0 getLocalName/0 getMask/0
  getMaskType/0 getPrecision/0 getReferenceTargetField/0 getReferenceTo/0 getRelationshipName/0
  getRelationshipOrder/0 getSObjectType/0 getScale/0 getSoapType/0 getType/0 isAggregatable/0
  isAiPredictionField/0 isAutoNumber/0 isCascadeDelete/0 isCaseSensitive/0 isDefaultedOnCreate/0
  isDependentPicklist/0 isDeprecatedAndHidden/0 isDisplayLocationInDecimal/0 isEncrypted/0 isExternalId/0
  isFilterable/0 isFormulaTreatNullNumberAsZero/0 isGroupable/0 isHighScaleNumber/0 isHtmlFormatted/0 isIdLookup/0
  isNameField/0 isNamePointing/0 isPermissionable/0 isQueryByDistance/0 isRestrictedDelete/0
  isRestrictedPicklist/0 isSearchPrefilterable/0 isSortable/0 isUnique/0 isWriteRequiresMasterRead/0`,
  DescribeSObjectResult: `
  getAssociateEntityType/0 getAssociateParentEntity/0 getChildRelationships/0 getDataTranslationEnabled/0
  getDefaultImplementation/0 getFieldSets/0 getFields/0 getHasSubtypes/0 getImplementedBy/0
  getImplementsInterfaces/0 getIsInterface/0 getIsSubtype/0 getLocalName/0 getRecordTypeInfos/0
  getRecordTypeInfosByDeveloperName/0 getRecordTypeInfosById/0 getRecordTypeInfosByName/0
  getSObjectDescribeOption/0 isCustomSetting/0 isDeprecatedAndHidden/0 isFeedEnabled/0 isMergeable/0
  isMruEnabled/0 isSearchable/0 isUndeletable/0`,
  Double: 'addError/12',
  FeatureManagement: `
  changeProtection/3 checkPackageBooleanValue/1 checkPackageDateValue/1 checkPackageIntegerValue/1
  setPackageBooleanValue/2 setPackageDateValue/2 setPackageIntegerValue/2`,
  Id: 'addError/12',
  Integer: 'addError/12',
  JSON: 'createGenerator/1 createParser/1',
  Limits: `
  getAggregateQueries/0 getApexCursorRows/0 getAsyncCalls/0 getCallouts/0 getChildRelationshipsDescribes/0
  getDatabaseTime/0 getEmailInvocations/0 getFetchCallsOnApexCursor/0 getFieldSetsDescribes/0 getFieldsDescribes/0
  getFindSimilarCalls/0 getFutureCalls/0 getHeapSize/0 getLimitAggregateQueries/0 getLimitApexCursorRows/0
  getLimitAsyncCalls/0 getLimitCallouts/0 getLimitChildRelationshipsDescribes/0 getLimitDatabaseTime/0
  getLimitEmailInvocations/0 getLimitFetchCallsOnApexCursor/0 getLimitFieldSetsDescribes/0
  getLimitFieldsDescribes/0 getLimitFindSimilarCalls/0 getLimitFutureCalls/0 getLimitHeapSize/0
  getLimitMobilePushApexCalls/0 getLimitPicklistDescribes/0 getLimitPublishImmediateDML/0
  getLimitQueryLocatorRows/0 getLimitQueueableJobs/0 getLimitRecordTypesDescribes/0 getLimitRunAs/0
  getLimitSavepointRollbacks/0 getLimitSavepoints/0 getLimitScriptStatements/0 getLimitSoslQueries/0
  getMobilePushApexCalls/0 getPicklistDescribes/0 getPublishImmediateDML/0 getQueryLocatorRows/0
  getQueueableJobs/0 getRecordTypesDescribes/0 getRunAs/0 getSavepointRollbacks/0 getSavepoints/0
  getScriptStatements/0 getSoslQueries/0`,
  List: 'getSObjectType/0',
  Long: 'addError/12',
  Map: 'getSObjectType/0',
  Matcher: `
  hasAnchoringBounds/0 hasTransparentBounds/0 hitEnd/0 region/2 regionEnd/0 regionStart/0 requireEnd/0
  useAnchoringBounds/1 usePattern/1 useTransparentBounds/1`,
  RestRequest: 'addHeader/2 addParameter/2',
  RestResponse: 'addHeader/2',
  Schema: `
  describeDataCategoryGroupStructures/2 describeDataCategoryGroups/1 describeSObjects/12 describeTabs/0
  getAppDescribe/1 getModuleDescribe/01`,
  SObject: `
  addError/3 clear/0 getAll/0 getCloneSourceId/0 getErrors/0 getInstance/01 getOptions/0 getOrgDefaults/0
  getQuickActionName/0 getValues/1 isClone/0 putSObject/2 recalculateFormulas/0`,
  SObjectType: 'newSObject/2',
  String: `
  addError/12 codePointBefore/1 codePointCount/2 offsetByCodePoints/2 overlay/3 stripHtmlTags/0
  unescapeEcmaScript/0 unescapeJava/0 unescapeUnicode/0`,
  System: `
  abortJob/1 attachFinalizer/1 changeOwnPassword/2 currentPageReference/0 enqueueJob/12
  getApplicationReadWriteMode/0 isBatch/0 isFuture/0 isQueueable/0 isScheduled/0 movePassword/2 pauseJobById/1
  pauseJobByName/1 process/4 purgeOldAsyncJobs/1 requestVersion/0 resetPassword/2 resetPasswordWithEmailTemplate/3
  resumeJobById/1 resumeJobByName/1 schedule/3 scheduleBatch/34 setPassword/2 submit/3`,
  Test: `
  calculatePermissionSetGroup/1 clearApexPageMessages/0 createSoqlStub/2 createStub/2 createStubQueryRow/2
  createStubQueryRows/2 enableChangeDataCapture/0 enqueueBatchJobs/1 getEventBus/0 getFlexQueueOrder/0
  getStandardPricebookId/0 invokeContinuationMethod/2 loadData/2 newSendEmailQuickActionDefaults/2
  setContinuationResponse/2 setCreatedDate/2 setCurrentPage/1 setCurrentPageReference/1 setFixedSearchResults/1
  setMock/2 setReadOnlyApplicationMode/1 testInstall/23 testSandboxPostCopyScript/45 testUninstall/1`,
  Time: 'addError/12',
  TimeZone: 'getDisplayName/0',
  UserInfo: `
  getCurrentUvid/0 getDefaultCurrency/0 getOrganizationName/0 getSessionId/0 getTimeZone/0 getUiTheme/0
  getUiThemeDisplayed/0 hasPackageLicense/1 isCurrentUserLicensed/1 isCurrentUserLicensedForPackage/1
  isMultiCurrencyOrganization/0`,
  UUID: 'fromString/1',
};
