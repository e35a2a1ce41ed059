// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @title Decides whether evidence speaks for a report. PROTOCOL.md section 10.
/// @dev An answer, not a revert, for evidence of any shape: the registry turns it into one error.
interface IAttestationVerifier {
    /// @notice What has become of evidence that was admitted. STANDS: nothing was shown. LATE: it was right, and what it
    /// speaks for is out of date: no one should begin with it any more. REFUTED: it must not be believed.
    enum Standing {
        STANDS,
        LATE,
        REFUTED
    }

    /// @notice True where the verifier's root is a simulator's: no hardware stands behind the evidence.
    function simulated() external view returns (bool);

    /// @notice Whether `evidence` proves that an admitted enclave of the app `appId` made `reportData` (64 bytes).
    function verify(bytes calldata reportData, bytes20 appId, bytes calldata evidence) external returns (bool);

    /// @notice What `proof` shows of `evidence` that was admitted for `reportData` and `appId`.
    /// @dev LATE and REFUTED are for ever. What may heal (collateral that ran out, an unreadable proof) is neither.
    function review(bytes calldata reportData, bytes20 appId, bytes calldata evidence, bytes calldata proof)
        external
        returns (Standing);
}
