// What goes over the wire is JSON with base64url; what the browser takes and gives has bytes.

interface Descriptor {
  readonly id: string;
  readonly type: "public-key";
  readonly transports?: AuthenticatorTransport[];
}

/** The server's options: as WebAuthn has them, with text in place of bytes. */
export interface PublicKey {
  readonly challenge: string;
  readonly user?: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly excludeCredentials?: readonly Descriptor[];
  readonly allowCredentials?: readonly Descriptor[];
}

export interface Options {
  readonly publicKey: PublicKey;
}

export function creationOf(options: PublicKey): PublicKeyCredentialCreationOptions {
  const { challenge, user, excludeCredentials = [] } = options;
  return {
    ...(options as unknown as PublicKeyCredentialCreationOptions),
    challenge: bytesOf(challenge),
    user: { name: "", displayName: "", ...user, id: bytesOf(user?.id ?? "") },
    excludeCredentials: excludeCredentials.map(descriptorOf),
  };
}

export function requestOf(options: PublicKey): PublicKeyCredentialRequestOptions {
  return {
    ...(options as unknown as PublicKeyCredentialRequestOptions),
    challenge: bytesOf(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(descriptorOf),
  };
}

export function answerOf(credential: PublicKeyCredential): unknown {
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: responseOf(credential.response),
  };
}

function responseOf(response: AuthenticatorResponse): unknown {
  const clientDataJSON = textOf(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    return { clientDataJSON, attestationObject: textOf(response.attestationObject), transports: response.getTransports() };
  }
  const { authenticatorData, signature, userHandle } = response as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: textOf(authenticatorData),
    signature: textOf(signature),
    userHandle: userHandle === null ? null : textOf(userHandle),
  };
}

function descriptorOf(credential: Descriptor): PublicKeyCredentialDescriptor {
  return { ...credential, id: bytesOf(credential.id) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
