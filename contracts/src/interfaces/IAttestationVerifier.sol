// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Decides whether evidence speaks for a report. PROTOCOL.md section 10.
interface IAttestationVerifier {
    /// @notice True where the verifier's root is a simulator's: no hardware stands behind the evidence.
    function simulated() external view returns (bool);

    /// @notice Whether `evidence` proves that an admitted enclave made `reportData` (64 bytes).
    function verify(bytes calldata reportData, bytes calldata evidence) external view returns (bool);
}
