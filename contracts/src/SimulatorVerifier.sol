// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IAttestationVerifier} from "./interfaces/IAttestationVerifier.sol";

/// @title Admits enclaves that a simulator's root vouches for. There is no hardware behind them.
/// @notice Deploys on the local chain alone, so that no one's money ever depends on it.
contract SimulatorVerifier is IAttestationVerifier {
    uint256 public constant LOCAL_CHAIN_ID = 31337;

    /// @notice The address of the simulator's root key.
    address public immutable ROOT;

    error LocalChainOnly(uint256 chainId);

    constructor(address root) {
        if (block.chainid != LOCAL_CHAIN_ID) revert LocalChainOnly(block.chainid);
        ROOT = root;
    }

    /// @inheritdoc IAttestationVerifier
    function simulated() external pure returns (bool) {
        return true;
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `evidence` is the root's signature (r, s, v) over keccak256(reportData).
    function verify(bytes calldata reportData, bytes calldata evidence) external view returns (bool) {
        (address signer,,) = ECDSA.tryRecover(keccak256(reportData), evidence);
        return signer != address(0) && signer == ROOT;
    }

    /// @inheritdoc IAttestationVerifier
    /// @dev `proof` is the root's signature over keccak256("withdrawn" | reportData).
    function refutes(bytes calldata reportData, bytes calldata, bytes calldata proof) external view returns (bool) {
        (address signer,,) = ECDSA.tryRecover(keccak256(bytes.concat("withdrawn", reportData)), proof);
        return signer != address(0) && signer == ROOT;
    }
}
