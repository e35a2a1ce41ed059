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
    uint8 public constant VERSION = 2;

    /// @notice How many signers a key may have: each is an instance that a lying one leaves to settle.
    uint256 public constant MAX_SIGNERS = 16;

    /// @notice How many of an operator's keys `keyAt` looks back at.
    uint256 public constant LOOK_BACK = 8;

    bytes32 private constant REVOCATION_TYPEHASH = keccak256("KeyRevocation(bytes32 keyId)");
    bytes32 private constant URL_TYPEHASH = keccak256("EnclaveUrl(address signer,uint64 version,string url)");
    uint256 private constant MAX_URL_LENGTH = 256;

    IAttestationVerifier public immutable VERIFIER;

    /// @notice The chain's id at deployment: a chain that changes its id unmakes no evidence.
    uint256 public immutable CHAIN_ID;

    mapping(KeyId => SealingKey) private _keys;
    mapping(KeyId => mapping(address signer => uint16 index)) private _signerIndexes;
    mapping(KeyId => mapping(address signer => bytes32)) private _evidenceHashes;
    /// @dev Each operator's keys by the order of their admission: only added to. Mappings rather than arrays, so that who
    /// proves storage reads both alike.
    mapping(address operator => uint256) private _keyCounts;
    mapping(address operator => mapping(uint256 index => KeyId)) private _operatorKeys;
    mapping(bytes20 appId => address) private _appOperators;
    mapping(address signer => Url) private _urls;

    struct Url {
        uint64 version;
        string url;
    }

    constructor(IAttestationVerifier verifier) EIP712("Subrosa", "1") {
        VERIFIER = verifier;
        CHAIN_ID = block.chainid;
    }

    /// @inheritdoc IEnclaveRegistry
    function register(Registration calldata r) external returns (KeyId keyId) {
        if (r.operator != msg.sender) revert NotOperator(r.operator);
        if (r.signer == address(0)) revert ZeroSigner();
        if (r.appId == 0) revert ZeroAppId();
        if (r.notAfter <= r.notBefore) revert InvalidPeriod(r.notBefore, r.notAfter);
        if (!_isSealingKey(r.publicKey)) revert InvalidSealingKey();
        keyId = KeyId.wrap(keccak256(r.publicKey));
        if (_signerIndexes[keyId][r.signer] != 0) revert AlreadyRegistered(keyId, r.signer);
        if (!VERIFIER.verify(reportData(r), r.appId, r.evidence)) revert EvidenceRejected();

        SealingKey storage key = _keys[keyId];
        if (key.admittedAt == 0) {
            _addKey(keyId, r);
        } else if (!_isSameKey(key, r) || key.revokedAt != 0) {
            revert RegistrationMismatch(keyId);
        } else if (key.signers == MAX_SIGNERS) {
            revert TooManySigners(keyId);
        }
        uint16 index = key.signers + 1;
        key.signers = index;
        _signerIndexes[keyId][r.signer] = index;
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
                || !_isSameKey(key, r)
        ) revert NotRegistered(keyId, r.signer);
        IAttestationVerifier.Standing standing = VERIFIER.review(reportData(r), r.appId, r.evidence, proof);
        if (standing == IAttestationVerifier.Standing.STANDS) revert NotRefuted(keyId, r.signer);
        if (standing == IAttestationVerifier.Standing.REFUTED) {
            emit EntryRefuted(keyId, r.signer, msg.sender);
            _revoke(keyId);
            return;
        }
        if (key.retiredAt != 0) revert AlreadyRetired(keyId);
        key.retiredAt = uint40(block.timestamp);
        emit SealingKeyRetired(keyId, r.signer, msg.sender);
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
        return key.admittedAt != 0 && key.revokedAt == 0;
    }

    /// @inheritdoc IEnclaveRegistry
    function isUsableKey(KeyId keyId, uint256 closesAt) external view returns (bool) {
        SealingKey storage key = _keys[keyId];
        return isKnownKey(keyId) && key.retiredAt == 0 && block.timestamp >= key.notBefore && closesAt <= key.notAfter;
    }

    /// @inheritdoc IEnclaveRegistry
    function keyAt(address operator, uint256 from, uint256 until) external view returns (KeyId) {
        uint256 end = _admittedBefore(operator, from);
        for (uint256 back = 1; back <= LOOK_BACK && back <= end; ++back) {
            KeyId keyId = _operatorKeys[operator][end - back];
            SealingKey storage key = _keys[keyId];
            bool isOver = _isBefore(key.retiredAt, from) || _isBefore(key.revokedAt, from);
            if (!isOver && key.notBefore <= from && until <= key.notAfter) return keyId;
        }
        return KeyId.wrap(0);
    }

    /// @inheritdoc IEnclaveRegistry
    function keyCountOf(address operator) external view returns (uint256) {
        return _keyCounts[operator];
    }

    /// @inheritdoc IEnclaveRegistry
    function keyOf(address operator, uint256 index) external view returns (KeyId) {
        return _operatorKeys[operator][index];
    }

    /// @inheritdoc IEnclaveRegistry
    function operatorOf(bytes20 appId) external view returns (address) {
        return _appOperators[appId];
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
            abi.encode(VERSION, CHAIN_ID, address(this), r.operator, r.epoch, r.publicKey, r.notBefore, r.notAfter)
        );
        return bytes.concat(bytes20(r.signer), statement, bytes12(0));
    }

    function _addKey(KeyId keyId, Registration calldata r) private {
        address owner = _appOperators[r.appId];
        if (owner == address(0)) _appOperators[r.appId] = r.operator;
        else if (owner != r.operator) revert AppOfAnother(r.appId, owner);
        _keys[keyId] = SealingKey({
            notBefore: r.notBefore,
            notAfter: r.notAfter,
            admittedAt: uint40(block.timestamp),
            retiredAt: 0,
            revokedAt: 0,
            operator: r.operator,
            epoch: r.epoch,
            signers: 0,
            appId: r.appId,
            publicKey: r.publicKey
        });
        _operatorKeys[r.operator][_keyCounts[r.operator]++] = keyId;
        emit SealingKeyRegistered(keyId, r.operator, r.epoch, r.appId, r.notBefore, r.notAfter, r.publicKey);
    }

    function _revoke(KeyId keyId) private {
        _keys[keyId].revokedAt = uint40(block.timestamp);
        emit SealingKeyRevoked(keyId);
    }

    /// @dev Every term of a registration but its signer, which a key may have several of.
    function _isSameKey(SealingKey storage key, Registration calldata r) private view returns (bool) {
        return key.operator == r.operator && key.appId == r.appId && key.epoch == r.epoch
            && key.notBefore == r.notBefore && key.notAfter == r.notAfter;
    }

    /// @dev How many of an operator's keys were admitted before `time`. Whatever came since, by halves: who registers keys in
    /// the middle of a span neither changes its key nor makes it dear to find.
    function _admittedBefore(address operator, uint256 time) private view returns (uint256 count) {
        uint256 high = _keyCounts[operator];
        if (high == 0 || _keys[_operatorKeys[operator][high - 1]].admittedAt < time) return high;
        while (count < high) {
            uint256 middle = (count + high) / 2;
            if (_keys[_operatorKeys[operator][middle]].admittedAt < time) count = middle + 1;
            else high = middle;
        }
    }

    function _isBefore(uint256 happenedAt, uint256 time) private pure returns (bool) {
        return happenedAt != 0 && happenedAt < time;
    }

    function _isSealingKey(bytes calldata publicKey) private pure returns (bool) {
        return publicKey.length == 65 && publicKey[0] == 0x04
            && P256.isValidPublicKey(bytes32(publicKey[1:33]), bytes32(publicKey[33:65]));
    }
}
