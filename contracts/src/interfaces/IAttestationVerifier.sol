// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Decides whether evidence speaks for a report. PROTOCOL.md section 10.
/// @dev An answer, not a revert, for evidence of any shape: the registry turns it into one error.
interface IAttestationVerifier {
    /// @notice True where the verifier's root is a simulator's: no hardware stands behind the evidence.
    function simulated() external view returns (bool);

    /// @notice Whether `evidence` proves that an admitted enclave made `reportData` (64 bytes).
    function verify(bytes calldata reportData, bytes calldata evidence) external returns (bool);

    /// @notice Whether `proof` shows that `evidence`, which was admitted for `reportData`, verifies no more.
    /// @dev True is for ever, since it costs the key: what may heal (late collateral, an unreadable proof) is a no.
    function refutes(bytes calldata reportData, bytes calldata evidence, bytes calldata proof) external returns (bool);
}
