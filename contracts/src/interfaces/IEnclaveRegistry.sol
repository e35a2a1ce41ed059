// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../types/AuctionTypes.sol";

/// @title Which enclave keys may seal and settle. PROTOCOL.md section 10.
interface IEnclaveRegistry {
    /// @notice A sealing key of one epoch, as its first registration has it, and what has become of it.
    /// @dev Times are Unix seconds; `admittedAt` is 0 where there is no such key, `retiredAt` and `revokedAt` are 0 until
    /// then. `signers` counts those admitted. `publicKey` is the uncompressed P-256 point, 65 bytes. Everything that decides
    /// when a key serves is in the first word.
    struct SealingKey {
        uint64 notBefore;
        uint64 notAfter;
        uint40 admittedAt;
        uint40 retiredAt;
        uint40 revokedAt;
        address operator;
        uint64 epoch;
        uint16 signers;
        bytes20 appId;
        bytes publicKey;
    }

    /// @notice What an operator submits for one enclave and one epoch. `appId` is the dstack app that holds the key.
    struct Registration {
        address signer;
        address operator;
        bytes20 appId;
        uint64 epoch;
        uint64 notBefore;
        uint64 notAfter;
        bytes publicKey;
        bytes evidence;
    }

    error InvalidSealingKey();
    error InvalidPeriod(uint64 notBefore, uint64 notAfter);
    error ZeroSigner();
    error ZeroAppId();
    /// @notice Only the operator whom the evidence names may send it.
    error NotOperator(address operator);
    /// @notice The app, and so its keys, belong to the operator who registered it first.
    error AppOfAnother(bytes20 appId, address operator);
    error AlreadyRegistered(KeyId keyId, address signer);
    error RegistrationMismatch(KeyId keyId);
    error TooManySigners(KeyId keyId);
    error EvidenceRejected();
    /// @notice The revocation is not signed by an admitted signer of the key.
    error UnknownSigner(address signer);
    /// @notice What is reported is not what was registered.
    error NotRegistered(KeyId keyId, address signer);
    /// @notice The verifier still stands by the entry.
    error NotRefuted(KeyId keyId, address signer);
    error AlreadyRetired(KeyId keyId);
    /// @notice A later or the same version of the address is recorded already.
    error StaleUrl(address signer, uint64 version);
    error UrlTooLong(uint256 length);

    event SealingKeyRegistered(
        KeyId indexed keyId,
        address indexed operator,
        uint64 indexed epoch,
        bytes20 appId,
        uint64 notBefore,
        uint64 notAfter,
        bytes publicKey
    );
    event SignerAdmitted(KeyId indexed keyId, address indexed signer, bool simulated, bytes evidence);
    event SealingKeyRetired(KeyId indexed keyId, address indexed signer, address indexed reporter);
    event SealingKeyRevoked(KeyId indexed keyId);
    event EntryRefuted(KeyId indexed keyId, address indexed signer, address indexed reporter);
    event UrlSet(address indexed signer, uint64 version, string url);

    /// @notice Admits a signer for a sealing key, on the verifier's word; at most 16 for a key. The first one registers the
    /// key, which from then on is of its operator, app and period. Sent by the operator whom the evidence names.
    function register(Registration calldata registration) external returns (KeyId keyId);

    /// @notice An enclave withdraws its key: no more settlements; its open auctions can be voided. Anyone may send
    /// the statement: EIP-712 `KeyRevocation(bytes32 keyId)`, signed by an admitted signer of the key.
    function revoke(KeyId keyId, bytes calldata signature) external;

    /// @notice Anyone shows what has become of an entry's evidence. Late evidence retires the key: nothing new pins it, what
    /// does is settled. Refuted evidence revokes it, whoever else was admitted for it: what its enclave knew, others may
    /// know now.
    /// @param registration As it was registered, evidence included.
    /// @param proof What the verifier asks for.
    function report(Registration calldata registration, bytes calldata proof) external;

    /// @notice Where an enclave's operator serves its evidence and proof bundles (`/bundles/{proofHash}`). Anyone may send
    /// the enclave's statement: EIP-712 `EnclaveUrl(address signer,uint64 version,string url)`; a later version counts.
    function setUrl(address signer, uint64 version, string calldata url, bytes calldata signature) external;

    /// @notice The address last set for a signer; empty where none was.
    function urlOf(address signer) external view returns (string memory);

    function getSealingKey(KeyId keyId) external view returns (SealingKey memory);

    /// @notice Whether the key is known and not revoked, whatever the time.
    function isKnownKey(KeyId keyId) external view returns (bool);

    /// @notice Whether auctions may pin the key now and close at `closesAt`: known, not retired, and its time holds both.
    function isUsableKey(KeyId keyId, uint256 closesAt) external view returns (bool);

    /// @notice The key that serves an operator's span of time [from, until): of the keys admitted before `from`, neither
    /// retired nor revoked before it, whose own time holds the span, the one admitted last; zero where there is none. The
    /// 8 last ones admitted before `from` are looked at.
    /// @dev What happens at `from` or later changes no answer, so that it is the same all through the span, and afterwards.
    /// A key that was revoked since is still named: ask `isKnownKey` as well.
    function keyAt(address operator, uint256 from, uint256 until) external view returns (KeyId);

    /// @notice How many keys an operator has had admitted.
    function keyCountOf(address operator) external view returns (uint256);

    /// @notice An operator's keys in the order of their admission, from 0; zero beyond the last.
    function keyOf(address operator, uint256 index) external view returns (KeyId);

    /// @notice Whose app it is: the operator who registered a key of it first; zero where nobody did.
    function operatorOf(bytes20 appId) external view returns (address);

    /// @notice Whether `signer` may settle auctions pinned to `keyId`.
    function isActiveSigner(KeyId keyId, address signer) external view returns (bool);

    /// @notice The place of `signer` among those admitted for `keyId`, from 1; 0 where it may not settle (any more).
    function signerIndexOf(KeyId keyId, address signer) external view returns (uint16);

    /// @notice Whether no hardware stands behind the verifier that admits enclaves.
    function simulated() external view returns (bool);

    /// @notice PROTOCOL.md section 10: signer | keccak256(abi.encode(version, chainId, registry, operator, epoch, sealing key,
    /// notBefore, notAfter)) | 12 zero bytes. The chain id is the one at deployment.
    function reportData(Registration calldata registration) external view returns (bytes memory);
}
