import { entropyOf } from '../randomness.ts';
import { wordAfter, wordBefore } from './surroundings.ts';
import type { TokenPattern, TokenSurroundings, Verdict } from './token-pattern.ts';

const date = '2026-11';
const annotated = 'github.com/microsoft/security-utilities';

/** Microsoft Azure and Entra. */
export const azurePatterns: readonly TokenPattern[] = [
  {
    id: 'azure-devops-token',
    name: 'an Azure DevOps token',
    keywords: ['AZDO'],
    before: 76,
    expression: /[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}AZDO[A-Za-z0-9]{4}/,
    example: '<base62:52>JQQJ99BCACAAAAA<base62:9>AZDO<base62:4>',
    source: 'learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    date,
  },
  {
    id: 'azure-devops-old-token',
    name: 'an Azure DevOps token',
    keywords: ['azdo', 'azure_devops', 'azuredevops', 'azure-devops', 'vsts', 'system_accesstoken', 'azp_token', 'ado_pat', 'ado_token'],
    isAssigned: true,
    expression: /[a-z2-7]{52}/,
    example: 'AZURE_DEVOPS_PAT=<lower32:52>',
    source: 'learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    date,
  },
  {
    id: 'azure-annotated-key',
    name: 'an Azure key',
    keywords: ['JQQJ9'],
    before: 52,
    expression: /[A-Za-z0-9]{52}JQQJ9[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{16}(?!AZDO)[A-Za-z][A-Za-z0-9]{7}(?:[A-Za-z0-9]{2}==)?/,
    example: '<base62:52>JQQJ99BFACYeBj<base62:10>ACOG<base62:4>',
    source: annotated,
    date,
  },
  {
    id: 'azure-storage-key',
    name: 'an Azure storage key',
    keywords: [
      'AccountKey',
      'account_key',
      'ACCOUNT_KEY',
      'account-key',
      'accountkey',
      'accountKey',
      'access_key',
      'ACCESS_KEY',
      'StorageKey',
      'storageKey',
      'storage_key',
      'STORAGE_KEY',
    ],
    expression: /[A-Za-z_-]{9,11}["']?\s{0,5}(?::=?|=>?)\s{0,5}["']?(?<value>[A-Za-z0-9/+]{86}==)(?![A-Za-z0-9/+=])/,
    validate: (value, surroundings) => {
      if (wordBefore(surroundings).includes('.documents.azure.')) return 'no';
      return isKeyOfLength(value, 64) && !value.startsWith(emulatorKey) ? 'certain' : 'no';
    },
    example: 'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=<base64:85>Q==;EndpointSuffix=core.windows.net',
    source: 'learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
    date,
  },
  {
    id: 'azure-storage-annotated-key',
    name: 'an Azure storage key',
    keywords: ['+ASt', '+ABa', '+AMC', 'APIM'],
    before: 76,
    expression: /[A-Za-z0-9/+]{76}(?:\+ASt|\+ABa|\+AMC|APIM)[A-Za-z0-9/+]{5}[AQgw]==/,
    validate: value => (isKeyOfLength(value, 64) ? 'certain' : 'no'),
    example: '<base64:76>+ASt<base64:5>Q==',
    source: annotated,
    date,
  },
  {
    id: 'azure-cosmos-connection',
    name: 'a key of Azure Cosmos DB',
    keywords: ['AccountKey='],
    expression: /AccountKey=(?<value>[A-Za-z0-9/+]{86}==)(?![A-Za-z0-9/+=])/,
    validate: (value, surroundings) => (isKeyOfLength(value, 64) && /\.documents\.azure\./.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'AccountEndpoint=https://shop.documents.azure.com:443/;AccountKey=<base64:85>Q==;',
    source: 'learn.microsoft.com/azure/cosmos-db/nosql/how-to-dotnet-get-started',
    date,
  },
  {
    id: 'azure-cosmos-key',
    name: 'a key of Azure Cosmos DB',
    keywords: ['ACDb'],
    before: 76,
    expression: /[A-Za-z0-9/+]{76}ACDb[A-Za-z0-9/+]{5}[AQgw]==/,
    validate: value => (isKeyOfLength(value, 64) ? 'certain' : 'no'),
    example: '<base64:76>ACDb<base64:5>Q==',
    source: annotated,
    date,
  },
  {
    id: 'azure-service-bus',
    name: 'a key of Azure Service Bus or Event Hubs',
    keywords: ['SharedAccessKey='],
    expression: /SharedAccessKey=(?<value>[A-Za-z0-9/+]{43}=)(?![A-Za-z0-9/+=])/,
    validate: (value, surroundings) => (isKeyOfLength(value, 32) && /sb:\/\/[^;]+;/i.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=<base64:42>k=',
    source: 'learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
    date,
  },
  {
    id: 'azure-iot-hub',
    name: 'a key of an Azure IoT hub',
    keywords: ['SharedAccessKey='],
    expression: /SharedAccessKey=(?<value>[A-Za-z0-9/+]{43}=|[A-Za-z0-9/+]{86}==)(?![A-Za-z0-9/+=])/,
    validate: (_, surroundings) => (/HostName=[\w.-]+\.azure-devices/i.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'HostName=shop.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=<base64:42>k=',
    source: 'learn.microsoft.com/azure/iot-hub/iot-hub-dev-guide-sas',
    date,
  },
  {
    id: 'azure-messaging-annotated-key',
    name: 'a key of Azure messaging',
    keywords: ['AIoT', '+ASb', '+AEh', '+ARm', 'AZEG'],
    before: 33,
    expression: /[A-Za-z0-9/+]{33}(?:AIoT|\+ASb|\+AEh|\+ARm|AZEG)[A-P][A-Za-z0-9/+]{5}=(?![A-Za-z0-9/+=])/,
    validate: value => (isKeyOfLength(value, 32) ? 'certain' : 'no'),
    example: '<base64:33>+AEhC<base64:4>k=',
    source: annotated,
    date,
  },
  {
    id: 'azure-app-configuration',
    name: 'a secret of Azure App Configuration',
    keywords: [';Secret='],
    expression: /;Secret=(?<value>[A-Za-z0-9/+]{43}=|[A-Za-z0-9]{84})(?![A-Za-z0-9/+=])/,
    validate: (_, surroundings) => (/\.azconfig\./i.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'Endpoint=https://shop.azconfig.io;Id=a1Bc;Secret=<base64:42>k=',
    source: 'learn.microsoft.com/azure/azure-app-configuration/rest-api-authentication-hmac',
    date,
  },
  {
    id: 'azure-service-key',
    name: 'a key of Azure SignalR, Web PubSub or Communication Services',
    keywords: ['AccessKey=', 'accesskey='],
    expression: /[Aa]ccess[Kk]ey=(?<value>[A-Za-z0-9/+]{43}=|[A-Za-z0-9/+]{86}==|[A-Za-z0-9]{84})(?![A-Za-z0-9/+=])/,
    validate: (_, surroundings) =>
      /endpoint=https:\/\/[\w.-]+\.(?:service\.signalr|webpubsub\.azure|communication\.azure|europe\.communication\.azure)\./i.test(
        wordBefore(surroundings),
      )
        ? 'certain'
        : 'no',
    example: 'Endpoint=https://shop.service.signalr.net;AccessKey=<base64:42>k=;Version=1.0;',
    source: 'learn.microsoft.com/azure/azure-signalr/concept-connection-string',
    date,
  },
  {
    id: 'azure-sql-password',
    name: 'the password of an Azure SQL database',
    keywords: ['assword=', 'Pwd=', 'pwd=', 'PWD='],
    expression: /(?:assword|[Pp]wd|PWD)=(?<value>[^\s;"'&<>{}$]{8,128})(?=[;"']|\s|$)/,
    validate: (value, { text, start, end }) => {
      const around = text.slice(Math.max(0, start - 400), end + 300);
      const isServer = /(?:server|data source)\s?=\s?(?:tcp:)?[\w.-]+\.database\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)/i;
      return isServer.test(around) && !isPasswordWord(value) ? 'certain' : 'no';
    },
    example: 'Server=tcp:shop.database.windows.net,1433;Initial Catalog=shop;User ID=web;Password=<base62:20>;Encrypt=True;',
    source: 'learn.microsoft.com/azure/azure-sql/database/connect-query-content-reference-guide',
    date,
  },
  {
    id: 'azure-redis',
    name: 'a key of Azure Cache for Redis',
    keywords: ['password='],
    expression: /password=(?<value>[A-Za-z0-9/+]{43}=)(?![A-Za-z0-9/+=])/,
    validate: (_, surroundings) => (/\.redis\.cache\.windows\.net/.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'shop.redis.cache.windows.net:6380,password=<base64:42>k=,ssl=True,abortConnect=False',
    source: 'learn.microsoft.com/azure/azure-cache-for-redis/cache-configure',
    date,
  },
  {
    id: 'azure-redis-annotated-key',
    name: 'a key of Azure Cache for Redis',
    keywords: ['AzCa'],
    before: 33,
    expression: /[A-Za-z0-9]{33}AzCa[A-P][A-Za-z0-9]{5}=/,
    example: '<base62:33>AzCaB<base62:5>=',
    source: annotated,
    date,
  },
  {
    id: 'azure-search',
    name: 'a key of Azure AI Search',
    keywords: ['AzSe'],
    before: 42,
    expression: /[A-Za-z0-9]{42}AzSe[A-D][A-Za-z0-9]{5}/,
    example: '<base62:42>AzSeB<base62:5>',
    source: annotated,
    date,
  },
  {
    id: 'azure-registry-password',
    name: 'a password of an Azure container registry',
    keywords: ['+ACR'],
    before: 42,
    expression: /[A-Za-z0-9/+]{42}\+ACR[A-D][A-Za-z0-9/+]{5}/,
    example: '<base64:42>+ACRB<base64:4>k',
    source: annotated,
    date,
  },
  {
    id: 'azure-registry-old-password',
    name: 'a password of an Azure container registry',
    keywords: ['acr_', 'acr-', 'azurecr', 'acrpass'],
    isAssigned: true,
    expression: /[A-Za-z0-9/+=]{31}[A-Za-z0-9/+]/,
    validate: isMixed,
    example: 'ACR_PASSWORD=<base62:32>',
    source: 'learn.microsoft.com/azure/container-registry/container-registry-authentication',
    date,
  },
  {
    id: 'azure-functions',
    name: 'a key of Azure Functions',
    keywords: ['AzFu'],
    before: 44,
    expression: /[\w-]{44}AzFu[\w-]{5}[AQgw]==/,
    example: '<base62:44>AzFu<base62:5>Q==',
    source: annotated,
    date,
  },
  {
    id: 'azure-functions-old-key',
    name: 'a key of Azure Functions',
    keywords: ['code='],
    expression: /code=(?<value>[A-Za-z0-9/+_-]{54}(?:==|%3[Dd]%3[Dd])|[A-Za-z0-9/+_-]{56})/,
    validate: (_, surroundings) => (/\.azurewebsites\.(?:net|us|cn)\/api\//.test(wordBefore(surroundings)) ? 'certain' : 'no'),
    example: 'https://shop.azurewebsites.net/api/orders?code=<base62:54>==',
    source: 'learn.microsoft.com/azure/azure-functions/function-keys-how-to',
    date,
  },
  {
    id: 'azure-shared-access-signature',
    name: 'an Azure shared access signature',
    keywords: ['sig='],
    expression: /sig=(?<value>[A-Za-z0-9/+]{43}=|(?:[A-Za-z0-9]|%2[BbFf]){43}%3[Dd]|[\w-]{43})(?![\w%=/+-])/,
    validate: validateSharedAccessSignature,
    example: 'https://shop.blob.core.windows.net/c?sv=2024-11-04&se=2099-01-01T00%3A00%3A00Z&sr=c&sp=r&sig=<base62:43>%3D',
    source: 'learn.microsoft.com/rest/api/storageservices/create-service-sas',
    date,
  },
  {
    id: 'azure-client-secret',
    name: 'an Azure client secret',
    keywords: ['0Q~', '1Q~', '2Q~', '3Q~', '4Q~', '5Q~', '6Q~', '7Q~', '8Q~', '9Q~'],
    before: 3,
    expression: /[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![~.])/,
    example: '<base62:3>8Q~<base62:34>',
    source: 'learn.microsoft.com/purview/sit-defn-azure-ad-client-secret',
    date,
  },
  {
    id: 'azure-old-client-secret',
    name: 'an Azure client secret',
    keywords: ['arm_client_secret', 'azure_client_secret', 'azureclientsecret', 'azure-client-secret', 'aadclientsecret', 'aad_client_secret'],
    isAssigned: true,
    expression: /[\w~.+/=@:?[\]*-]{32,44}/,
    validate: value => (entropyOf(value) >= 3.2 ? isMixed(value) : 'no'),
    example: 'ARM_CLIENT_SECRET=<base62:40>',
    source: 'learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals',
    date,
  },
  {
    id: 'azure-service-subscription',
    name: 'a key of Azure AI services',
    keywords: ['ocp-apim-subscription', 'azure_openai', 'azure-openai', 'azureopenai', 'cognitive', 'azure_maps', 'azure_ai'],
    isAssigned: true,
    expression: /[a-f0-9]{32}/,
    example: 'AZURE_OPENAI_API_KEY=<hex:32>',
    source: 'learn.microsoft.com/azure/ai-services/authentication',
    date,
  },
  {
    id: 'teams-webhook',
    name: 'a webhook of Microsoft Teams',
    keywords: ['.webhook.office.com/webhookb2/'],
    expression: /\.webhook\.office\.com\/webhookb2\/(?<value>[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-f]{32}\/[0-9a-f-]{36})/,
    example: 'https://shop.webhook.office.com/webhookb2/<uuid>@<uuid>/IncomingWebhook/<hex:32>/<uuid>',
    source: 'learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    date,
  },
];

/** The key that every Azurite and storage emulator has is in the documentation. */
const emulatorKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6';

function isKeyOfLength(value: string, bytes: number): boolean {
  return Buffer.from(value, 'base64').length === bytes;
}

function isMixed(value: string): Verdict {
  return /\d/.test(value) && /[a-zA-Z]/.test(value) && !/^[\w-]+(?:[./][\w-]+){2,}$/.test(value) ? 'certain' : 'no';
}

function isPasswordWord(value: string): boolean {
  return /^(?:your|my|the|change|some|\*|x{3}|\{|<|\[|#|%|@|pass|secret)/i.test(value) || /^\W+$/.test(value);
}

/** The signature alone says nothing: the version stands beside it, and the day on which it ends. */
function validateSharedAccessSignature(_: string, surroundings: TokenSurroundings): Verdict {
  const query = wordBefore(surroundings) + wordAfter(surroundings);
  if (!/(?:^|[?&;\s])(?:amp;|\\u0026)?s[vr]=/.test(query)) return 'no';
  const lastDay = dayOf(/(?:^|[?&;])(?:amp;|\\u0026)?se=([^&\s]{4,40})/.exec(query)?.[1] ?? '');
  return lastDay !== undefined && lastDay < surroundings.today ? { doubt: 'it has expired' } : 'certain';
}

/** Storage writes dates, Service Bus and IoT hubs write seconds since 1970. */
function dayOf(expiry: string): string | undefined {
  if (/^\d{9,11}$/.test(expiry)) return new Date(Number(expiry) * 1000).toISOString().slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}/.exec(expiry)?.[0];
}
