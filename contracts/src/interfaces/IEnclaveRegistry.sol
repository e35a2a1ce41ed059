// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {KeyId} from "../types/AuctionTypes.sol";

/// @title Which enclave keys may seal and settle. PROTOCOL.md section 10.
interface IEnclaveRegistry {
    /// @notice A sealing key, of one epoch.
    /// @dev Times are Unix seconds. `publicKey` is the uncompressed P-256 point, 65 bytes.
    struct SealingKey {
        uint64 epoch;
        uint64 notBefore;
        uint64 notAfter;
        bool revoked;
        bytes publicKey;
    }

    /// @notice What an operator submits for one enclave and one epoch.
    struct Registration {
        address signer;
        uint64 epoch;
        uint64 notBefore;
        uint64 notAfter;
        bytes publicKey;
        bytes evidence;
    }

    error InvalidSealingKey();
    error InvalidPeriod(uint64 notBefore, uint64 notAfter);
    error ZeroSigner();
    error AlreadyRegistered(KeyId keyId, address signer);
    error RegistrationMismatch(KeyId keyId);
    error EvidenceRejected();
    /// @notice The revocation is not signed by an admitted signer of the key.
    error UnknownSigner(address signer);
    error UnknownKey(KeyId keyId);
    /// @notice What is reported is not what was registered.
    error NotRegistered(KeyId keyId, address signer);
    /// @notice The verifier still stands by the entry.
    error NotRefuted(KeyId keyId, address signer);
    /// @notice A later or the same version of the address is recorded already.
    error StaleUrl(address signer, uint64 version);
    error UrlTooLong(uint256 length);

    event SealingKeyRegistered(
        KeyId indexed keyId, uint64 indexed epoch, uint64 notBefore, uint64 notAfter, bytes publicKey
    );
    event SignerAdmitted(KeyId indexed keyId, address indexed signer, bool simulated, bytes evidence);
    event SealingKeyRevoked(KeyId indexed keyId);
    event EntryRefuted(KeyId indexed keyId, address indexed signer, address indexed reporter);
    event UrlSet(address indexed signer, uint64 version, string url);

    /// @notice Admits a signer for a sealing key, on the verifier's word. The first signer registers the key.
    function register(Registration calldata registration) external returns (KeyId keyId);

    /// @notice An enclave withdraws its key: no more settlements; its open auctions can be voided. Anyone may send
    /// the statement: EIP-712 `KeyRevocation(bytes32 keyId)`, signed by an admitted signer of the key.
    /// @dev Who pays for `register` gets no power over the key: evidence is public, and could be sent by anyone first.
    function revoke(KeyId keyId, bytes calldata signature) external;

    /// @notice Anyone shows that the evidence of an entry verifies no more. The key is revoked, whoever else was admitted
    /// for it: what its enclave knew, others may know now.
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

    /// @notice Whether auctions may pin the key now and close at `closesAt`.
    function isUsableKey(KeyId keyId, uint256 closesAt) external view returns (bool);

    /// @notice Whether `signer` may settle auctions pinned to `keyId`.
    function isActiveSigner(KeyId keyId, address signer) external view returns (bool);

    /// @notice The place of `signer` among those admitted for `keyId`, from 1; 0 where he may not settle (any more).
    function signerIndexOf(KeyId keyId, address signer) external view returns (uint16);

    /// @notice Whether no hardware stands behind the verifier that admits enclaves.
    function simulated() external view returns (bool);

    /// @notice PROTOCOL.md section 10: signer | keccak256(abi.encode(version, chainId, registry, epoch, sealing key,
    /// notBefore, notAfter)) | 12 zero bytes.
    function reportData(Registration calldata registration) external view returns (bytes memory);
}
