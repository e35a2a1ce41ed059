// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {IAttestationVerifier} from "./interfaces/IAttestationVerifier.sol";
import {IEnclaveRegistry} from "./interfaces/IEnclaveRegistry.sol";
import {KeyId} from "./types/AuctionTypes.sol";

/// @title Which enclave keys may seal and settle. PROTOCOL.md section 10.
contract EnclaveRegistry is IEnclaveRegistry, EIP712 {
    /// @notice Version of the statement in `reportData`.
    uint8 public constant VERSION = 1;

    bytes32 private constant REVOCATION_TYPEHASH = keccak256("KeyRevocation(bytes32 keyId)");
    bytes32 private constant URL_TYPEHASH = keccak256("EnclaveUrl(address signer,uint64 version,string url)");
    uint256 private constant MAX_URL_LENGTH = 256;

    IAttestationVerifier public immutable VERIFIER;

    mapping(KeyId => SealingKey) private _keys;
    mapping(KeyId => mapping(address signer => uint16 index)) private _signerIndexes;
    mapping(KeyId => uint16) private _signerCounts;
    mapping(KeyId => mapping(address signer => bytes32)) private _evidenceHashes;
    mapping(address signer => Url) private _urls;

    struct Url {
        uint64 version;
        string url;
    }

    constructor(IAttestationVerifier verifier) EIP712("Subrosa", "1") {
        VERIFIER = verifier;
    }

    /// @inheritdoc IEnclaveRegistry
    function register(Registration calldata r) external returns (KeyId keyId) {
        if (r.signer == address(0)) revert ZeroSigner();
        if (r.notAfter <= r.notBefore) revert InvalidPeriod(r.notBefore, r.notAfter);
        if (!_isSealingKey(r.publicKey)) revert InvalidSealingKey();
        keyId = KeyId.wrap(keccak256(r.publicKey));
        if (_signerIndexes[keyId][r.signer] != 0) revert AlreadyRegistered(keyId, r.signer);
        if (!VERIFIER.verify(reportData(r), r.evidence)) revert EvidenceRejected();

        SealingKey storage key = _keys[keyId];
        if (key.notAfter == 0) {
            _keys[keyId] = SealingKey(r.epoch, r.notBefore, r.notAfter, false, r.publicKey);
            emit SealingKeyRegistered(keyId, r.epoch, r.notBefore, r.notAfter, r.publicKey);
        } else if (key.epoch != r.epoch || key.notBefore != r.notBefore || key.notAfter != r.notAfter || key.revoked) {
            revert RegistrationMismatch(keyId);
        }
        _signerIndexes[keyId][r.signer] = ++_signerCounts[keyId];
        _evidenceHashes[keyId][r.signer] = keccak256(r.evidence);
        emit SignerAdmitted(keyId, r.signer, VERIFIER.simulated(), r.evidence);
    }

    /// @inheritdoc IEnclaveRegistry
    function revoke(KeyId keyId, bytes calldata signature) external {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(REVOCATION_TYPEHASH, keyId)));
        (address signer,,) = ECDSA.tryRecover(digest, signature);
        if (!isActiveSigner(keyId, signer)) revert UnknownSigner(signer);
        _revoke(keyId);
    }

    /// @inheritdoc IEnclaveRegistry
    function report(Registration calldata r, bytes calldata proof) external {
        KeyId keyId = KeyId.wrap(keccak256(r.publicKey));
        SealingKey storage key = _keys[keyId];
        // Other terms would make other report data, which no evidence of this entry speaks for.
        if (
            !isActiveSigner(keyId, r.signer) || _evidenceHashes[keyId][r.signer] != keccak256(r.evidence)
                || key.epoch != r.epoch || key.notBefore != r.notBefore || key.notAfter != r.notAfter
        ) revert NotRegistered(keyId, r.signer);
        if (!VERIFIER.refutes(reportData(r), r.evidence, proof)) revert NotRefuted(keyId, r.signer);
        emit EntryRefuted(keyId, r.signer, msg.sender);
        _revoke(keyId);
    }

    /// @inheritdoc IEnclaveRegistry
    function setUrl(address signer, uint64 version, string calldata url, bytes calldata signature) external {
        if (bytes(url).length > MAX_URL_LENGTH) revert UrlTooLong(bytes(url).length);
        Url storage entry = _urls[signer];
        if (version <= entry.version) revert StaleUrl(signer, version);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(URL_TYPEHASH, signer, version, keccak256(bytes(url)))));
        (address by,,) = ECDSA.tryRecover(digest, signature);
        if (by == address(0) || by != signer) revert UnknownSigner(by);
        entry.version = version;
        entry.url = url;
        emit UrlSet(signer, version, url);
    }

    /// @inheritdoc IEnclaveRegistry
    function urlOf(address signer) external view returns (string memory) {
        return _urls[signer].url;
    }

    /// @inheritdoc IEnclaveRegistry
    function getSealingKey(KeyId keyId) external view returns (SealingKey memory) {
        return _keys[keyId];
    }

    /// @inheritdoc IEnclaveRegistry
    function isKnownKey(KeyId keyId) public view returns (bool) {
        SealingKey storage key = _keys[keyId];
        return key.notAfter != 0 && !key.revoked;
    }

    /// @inheritdoc IEnclaveRegistry
    function isUsableKey(KeyId keyId, uint256 closesAt) external view returns (bool) {
        SealingKey storage key = _keys[keyId];
        return isKnownKey(keyId) && block.timestamp >= key.notBefore && closesAt <= key.notAfter;
    }

    /// @inheritdoc IEnclaveRegistry
    function isActiveSigner(KeyId keyId, address signer) public view returns (bool) {
        return signerIndexOf(keyId, signer) != 0;
    }

    /// @inheritdoc IEnclaveRegistry
    function signerIndexOf(KeyId keyId, address signer) public view returns (uint16) {
        return isKnownKey(keyId) ? _signerIndexes[keyId][signer] : 0;
    }

    /// @inheritdoc IEnclaveRegistry
    function simulated() external view returns (bool) {
        return VERIFIER.simulated();
    }

    /// @inheritdoc IEnclaveRegistry
    function reportData(Registration calldata r) public view returns (bytes memory) {
        bytes32 statement = keccak256(
            abi.encode(VERSION, block.chainid, address(this), r.epoch, r.publicKey, r.notBefore, r.notAfter)
        );
        return bytes.concat(bytes20(r.signer), statement, bytes12(0));
    }

    function _revoke(KeyId keyId) private {
        _keys[keyId].revoked = true;
        emit SealingKeyRevoked(keyId);
    }

    function _isSealingKey(bytes calldata publicKey) private pure returns (bool) {
        return publicKey.length == 65 && publicKey[0] == 0x04
            && P256.isValidPublicKey(bytes32(publicKey[1:33]), bytes32(publicKey[33:65]));
    }
}
