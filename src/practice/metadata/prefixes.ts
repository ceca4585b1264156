/** Key prefixes of the ids that metadata components have, by type. */
const PREFIXES: Readonly<Record<string, string>> = {
  ApexClass: '01p',
  ApexTrigger: '01q',
  AssignmentRule: '01Q',
  AuraDefinitionBundle: '0Ab',
  CustomApplication: '02u',
  CustomField: '00N',
  CustomLabel: '101',
  CustomObject: '01I',
  CustomPermission: '0CP',
  CustomTab: '01r',
  EmailTemplate: '00X',
  FlexiPage: '0M0',
  Flow: '300',
  Layout: '00h',
  LightningComponentBundle: '0Rb',
  ListView: '00B',
  QuickAction: '09D',
  StaticResource: '081',
  ValidationRule: '03d',
  WebLink: '00b',
  WorkflowAlert: '01W',
};

/** Prefix of a type whose ids nobody asks for. */
const OTHER = '0mc';

/** Key prefix of a type. */
export const prefixOfType = (type: string): string => PREFIXES[type] ?? OTHER;
