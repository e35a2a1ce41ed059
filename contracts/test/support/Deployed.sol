// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IEnclaveRegistry} from "../../src/interfaces/IEnclaveRegistry.sol";
import {ISealedAuctions} from "../../src/interfaces/ISealedAuctions.sol";
import {IAttestationVerifier} from "../../src/interfaces/IAttestationVerifier.sol";
import {KeyId} from "../../src/types/AuctionTypes.sol";
import {Assertions} from "./Assertions.sol";
import {IDemoEditions, IDemoLots, IDemoToken} from "./Demo.sol";

/// @notice The contracts deployed from their artifacts, and one enclave admitted.
abstract contract Deployed is Assertions {
    uint256 internal constant ROOT_KEY = uint256(keccak256("simulator root"));
    uint256 internal constant ENCLAVE_KEY = uint256(keccak256("enclave signer"));
    address internal constant NATIVE = address(0);
    bytes20 internal constant APP_ID = bytes20(hex"5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b");

    /// @dev P-256's base point: a valid sealing key; nothing is encrypted to it here.
    bytes internal constant SEALING_KEY =
        hex"046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    /// @dev Twice the base point: another valid sealing key.
    bytes internal constant OTHER_SEALING_KEY =
        hex"047cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc4766997807775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1";

    address internal seller = address(0x5E11E4);
    IAttestationVerifier internal verifier;
    IEnclaveRegistry internal registry;
    ISealedAuctions internal auctions;
    IDemoToken internal token;
    IDemoLots internal lots;
    IDemoEditions internal editions;
    KeyId internal keyId;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        verifier = IAttestationVerifier(
            vm.deployCode("SimulatorVerifier.sol:SimulatorVerifier", abi.encode(vm.addr(ROOT_KEY)))
        );
        registry = IEnclaveRegistry(vm.deployCode("EnclaveRegistry.sol:EnclaveRegistry", abi.encode(verifier)));
        auctions = deployAuctions(1, 1);
        token = deployToken("Demo dollar", "DEMO");
        lots = IDemoLots(vm.deployCode("DemoLots.sol:DemoLots"));
        editions = IDemoEditions(vm.deployCode("DemoEditions.sol:DemoEditions"));
        keyId = registry.register(registration(vm.addr(ENCLAVE_KEY), SEALING_KEY));
    }

    /// @notice Auctions with these floors, in seconds: the least time to settle, and the least challenge window.
    function deployAuctions(uint256 settlePeriod, uint256 challengeWindow) internal returns (ISealedAuctions) {
        bytes memory floors = abi.encode(registry, settlePeriod, challengeWindow);
        return ISealedAuctions(vm.deployCode("SealedAuctions.sol:SealedAuctions", floors));
    }

    function deployToken(string memory name, string memory symbol) internal returns (IDemoToken) {
        return IDemoToken(vm.deployCode("DemoToken.sol:DemoToken", abi.encode(name, symbol)));
    }

    /// @notice A registration by this contract, the operator here.
    function registration(address signer, bytes memory publicKey)
        internal
        view
        returns (IEnclaveRegistry.Registration memory r)
    {
        r = IEnclaveRegistry.Registration(
            signer, address(this), APP_ID, 1, 1_700_000_000, 2_000_000_000, publicKey, ""
        );
        r.evidence = attest(r, ROOT_KEY);
    }

    /// @notice The evidence that a simulator with this root key gives.
    function attest(IEnclaveRegistry.Registration memory r, uint256 rootKey) internal view returns (bytes memory) {
        return vouched(registry.reportData(r), r.appId, rootKey);
    }

    /// @notice A quote that nobody here reads, with a simulator root's approval of it.
    function vouched(bytes memory reportData, bytes20 appId, uint256 rootKey) internal pure returns (bytes memory) {
        bytes memory quote = "a quote";
        return abi.encode(quote, sign(rootKey, keccak256(abi.encode(reportData, appId, keccak256(quote)))));
    }

    /// @notice What a simulator's root says later of the quote that it approved: `word` is "late" or "withdrawn".
    function rootSays(string memory word, IEnclaveRegistry.Registration memory r, uint256 rootKey)
        internal
        view
        returns (bytes memory)
    {
        (bytes memory quote,) = abi.decode(r.evidence, (bytes, bytes));
        return sign(rootKey, keccak256(abi.encode(word, registry.reportData(r), r.appId, keccak256(quote))));
    }

    /// @notice The enclave's word that it withdraws a sealing key.
    function revocation(KeyId revoked, uint256 key) internal view returns (bytes memory) {
        bytes32 statement = keccak256(abi.encode(keccak256("KeyRevocation(bytes32 keyId)"), revoked));
        return sign(key, keccak256(abi.encodePacked(hex"1901", domainSeparator(address(registry)), statement)));
    }

    function domainSeparator(address verifyingContract) internal view returns (bytes32) {
        bytes32 domain = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(
            abi.encode(domain, keccak256("Subrosa"), keccak256("1"), block.chainid, verifyingContract)
        );
    }

    function sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
