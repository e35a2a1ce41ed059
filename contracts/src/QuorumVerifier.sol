// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IAttestationVerifier} from "./interfaces/IAttestationVerifier.sol";
import {Evidence} from "./libraries/Evidence.sol";

/// @title Admits enclaves whose quote enough attestors have checked off chain. PROTOCOL.md section 10.
/// @notice The attestors are fixed: whoever wants others registers elsewhere, and no one can be added under users' feet.
contract QuorumVerifier is IAttestationVerifier, EIP712 {
    bytes32 private constant ATTESTATION_TYPEHASH =
        keccak256("EnclaveAttestation(bytes reportData,bytes20 appId,bytes32 quoteHash)");
    bytes32 private constant RETIREMENT_TYPEHASH =
        keccak256("EnclaveRetirement(bytes reportData,bytes20 appId,bytes32 quoteHash)");
    bytes32 private constant WITHDRAWAL_TYPEHASH =
        keccak256("EnclaveWithdrawal(bytes reportData,bytes20 appId,bytes32 quoteHash)");

    /// @notice How many attestors must sign.
    uint256 public immutable THRESHOLD;

    mapping(address attestor => bool) public isAttestor;

    error InvalidQuorum(uint256 threshold, uint256 attestors);
    error AttestorsNotAscending(address attestor);

    event AttestorAdded(address indexed attestor);

    /// @param attestors In ascending order, none zero.
    constructor(address[] memory attestors, uint256 threshold) EIP712("Subrosa", "1") {
        if (threshold == 0 || threshold > attestors.length) revert InvalidQuorum(threshold, attestors.length);
        address previous;
        for (uint256 i; i < attestors.length; ++i) {
            if (attestors[i] <= previous) revert AttestorsNotAscending(attestors[i]);
            previous = attestors[i];
            isAttestor[previous] = true;
            emit AttestorAdded(previous);
        }
        THRESHOLD = threshold;
    }

    /// @inheritdoc IAttestationVerifier
    function simulated() external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `evidence` is abi.encode(quote, signatures): EIP-712 `EnclaveAttestation(bytes reportData,bytes20 appId,bytes32
    /// quoteHash)`, 65 bytes each, one after another, by attestors in ascending order.
    function verify(bytes calldata reportData, bytes20 appId, bytes calldata evidence) external view returns (bool) {
        (bool ok, bytes calldata quote, bytes calldata signatures) = Evidence.split(evidence);
        return ok && _isSigned(_digestOf(ATTESTATION_TYPEHASH, reportData, appId, quote), signatures);
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `proof` holds as many signatures over an `EnclaveRetirement` or an `EnclaveWithdrawal` of the same fields.
    function review(bytes calldata reportData, bytes20 appId, bytes calldata evidence, bytes calldata proof)
        external
        view
        returns (Standing)
    {
        (bool ok, bytes calldata quote,) = Evidence.split(evidence);
        if (!ok) return Standing.STANDS;
        if (_isSigned(_digestOf(WITHDRAWAL_TYPEHASH, reportData, appId, quote), proof)) return Standing.REFUTED;
        if (_isSigned(_digestOf(RETIREMENT_TYPEHASH, reportData, appId, quote), proof)) return Standing.LATE;
        return Standing.STANDS;
    }

    function _digestOf(bytes32 typehash, bytes calldata reportData, bytes20 appId, bytes calldata quote)
        private
        view
        returns (bytes32)
    {
        return _hashTypedDataV4(keccak256(abi.encode(typehash, keccak256(reportData), appId, keccak256(quote))));
    }

    function _isSigned(bytes32 digest, bytes calldata signatures) private view returns (bool) {
        if (signatures.length != THRESHOLD * 65) return false;
        address previous;
        for (uint256 start; start < signatures.length; start += 65) {
            (address signer,,) = ECDSA.tryRecover(digest, signatures[start:start + 65]);
            if (signer <= previous || !isAttestor[signer]) return false;
            previous = signer;
        }
        return true;
    }
}
